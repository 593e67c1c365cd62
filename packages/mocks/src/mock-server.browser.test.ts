import { openConnection, startSession, enterAccessCode, fetchRevision } from '@sky-sign/client';
import { expect } from 'chai';
import { setupWorker } from 'msw/browser';
import type { SetupWorker } from 'msw/browser';
import { createMockHandlers } from './index.js';

describe('the whole server behind MSW, in a browser', () => {
  const mocks = createMockHandlers();
  let worker: SetupWorker;

  before(async () => {
    worker = setupWorker(...mocks.handlers);
    await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });
  });
  after(async () => {
    worker.stop();
    await (await mocks.server()).stop();
  });

  it('prepares drawn documents, opens them by the access code and serves their bytes in ranges', async () => {
    const { linkToken, accessCode } = await mocks.seed();
    const connection = await openConnection();
    const intro = await startSession(connection, { linkToken });
    expect(intro.accessCodeRequired).to.equal(true);
    expect(JSON.stringify(intro)).to.not.include('旧庁舎');

    const refused: unknown = await enterAccessCode(connection, { accessCode: '9999' }).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'access_code_wrong');

    const session = await enterAccessCode(connection, { accessCode });
    const [contract] = session.documents;
    if (!contract) throw new Error('The session has no documents.');
    const begin = await fetchRevision(connection, { documentId: contract.id, sha256: contract.sha256, begin: 0, end: 8 });
    expect(new TextDecoder().decode(begin)).to.match(/^%PDF-1\./u);
    const whole = await fetchRevision(connection, { documentId: contract.id, sha256: contract.sha256, begin: 0, end: contract.length });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).to.equal(contract.sha256);
  });
});
