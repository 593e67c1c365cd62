import { complete, enterAccessCode, fetchRevision, getSession, openConnection, prepareCompletion, startSession } from '@sky-sign/client';
import type { Connection } from '@sky-sign/client';
import type { FieldValue, Seal, SigningSession } from '@sky-sign/protocol';
import { expect } from 'chai';
import { setupWorker } from 'msw/browser';
import type { SetupWorker } from 'msw/browser';
import { createMockHandlers, seedNames } from './index.js';

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

  it('sends every envelope that there is to show, and opens it for its first recipient', async () => {
    for (const name of seedNames) {
      const { envelope, linkToken, accessCode } = await mocks.seed(name);
      const connection = await openConnection();
      const intro = await startSession(connection, { linkToken });
      expect(intro.accessCodeRequired, name).to.equal(accessCode !== '');
      const session = await enterAccessCode(connection, { accessCode });
      expect(session.envelope.id, name).to.equal(envelope.id);
      if (name === 'attached') expect(session.documents[1]?.attachments).to.deep.equal(['内訳書.csv']);
    }
  });

  it('expires what its clock has left behind', async () => {
    const server = await mocks.server();
    server.aheadMs = -40 * 86_400_000;
    const { linkToken } = await mocks.seed('open');
    server.aheadMs = 0;
    const refused: unknown = await startSession(await openConnection(), { linkToken }).catch((error: unknown) => error);
    expect(refused).to.have.nested.property('problem.state', 'expired');
  });

  it('loses only the calls that a scenario names', async () => {
    const server = await mocks.server();
    const { linkToken } = await mocks.seed('open');
    const connection = await openConnection();
    await startSession(connection, { linkToken });
    server.scenario = 'documents-offline';
    const session = await enterAccessCode(connection, { accessCode: '' });
    const [{ id, sha256 } = { id: '', sha256: '' }] = session.documents;
    const lost: unknown = await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: 8 }).catch((error: unknown) => error);
    server.scenario = 'normal';
    expect(lost).to.have.property('code', 'network_failed');
    expect(await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: 8 })).to.have.length(8);
  });

  it('fills, seals, signs and timestamps in the page, and finishes without the person what the authority held up', async () => {
    const { envelope, linkToken, accessCode } = await mocks.seed();
    const server = await mocks.server();
    const person = await openConnection();
    await startSession(person, { linkToken });
    const session = await enterAccessCode(person, { accessCode });
    const completion = await prepareCompletion(person, await filled(person, session));
    server.scenario = 'tsa-down';
    expect((await complete(person, completion)).status).to.equal('sealing');
    server.scenario = 'normal';
    for (;;) {
      if ((await getSession(person)).recipient.status === 'signed') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    const city = await openConnection();
    await startSession(city, { linkToken: await server.linkToken(envelope.recipients[1]?.email ?? '') });
    const theirs = await enterAccessCode(city, { accessCode: '' });
    const result = await complete(city, await prepareCompletion(city, await filled(city, theirs)));
    expect(result).to.have.property('status', 'signed');
    expect(result.session.envelope.status).to.equal('completed');
    expect(await server.linkToken(envelope.recipients[0]?.email ?? '', 'download')).to.match(/^skd_/u);
  });
});

/** Everything a person would do: read every document, fill every required field, place a seal. */
async function filled(connection: Connection, session: SigningSession): Promise<Parameters<typeof prepareCompletion>[1]> {
  for (const { id, sha256, length } of session.documents) await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: length });
  const values = session.fields.flatMap(({ id, kind, required, input }): FieldValue[] => {
    if (kind === 'signature' || !required) return [];
    if (kind === 'checkbox') return [{ fieldId: id, value: true }];
    return [{ fieldId: id, value: kind === 'date' ? '2026-11-21' : input === 'tel' ? '022-123-4567' : '株式会社髙﨑 𠮷田㈱' }];
  });
  const png = drawnSeal();
  const seals = session.fields.filter(({ kind }) => kind === 'signature').map(({ id }): Seal => ({ fieldId: id, kind: 'text', png, widthMm: 18, heightMm: 18 }));
  return { session, shown: session.documents.map(({ id, revision, sha256, length }) => ({ id, revision, sha256, length })), values, seals };
}

function drawnSeal(): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 120, height: 120 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  context.strokeStyle = '#d7331f';
  context.lineWidth = 8;
  context.arc(60, 60, 50, 0, 2 * Math.PI);
  context.stroke();
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}
