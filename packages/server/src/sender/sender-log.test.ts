import type { AuditLine } from '@sky-sign/protocol';
import { expect } from 'chai';
import { createTestServer } from '../testing/test-server.js';

describe('what a sender does', () => {
  it('is a line of the log each, with the key and from where', async () => {
    const server = await createTestServer();
    const { id, documents, recipients } = await server.send();
    const [{ id: documentId, sha256 } = { id: '', sha256: '' }] = documents;
    const one = `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}`;
    const revision = `/v1/documents/${documentId}/revisions/${sha256}`;
    const calls: readonly [string, string, unknown?][] = [
      ['POST', `/v1/envelopes/${id}/remind`],
      ['POST', `${one}/resend`],
      ['POST', `${one}/embed-tokens`, { origin: 'https://portal.example' }],
      ['GET', revision],
      ['POST', `/v1/envelopes/${id}/void`, { reason: '誤送信' }],
    ];
    for (const [method, path, body] of calls) expect((await server.asSender(method, path, body)).ok, path).to.equal(true);
    const later = await server.asSender('GET', revision);
    await later.body?.cancel();
    const text = await (await server.asSender('GET', `/v1/envelopes/${id}/audit`)).text();
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as AuditLine);
    expect(lines.map(({ type }) => type)).to.deep.equal(['created', 'sent', 'reminded', 'resent', 'embed_token', 'downloaded', 'voided', 'downloaded', 'log_read']);
    for (const { type, data, personal } of lines) {
      expect(data['keyId'], type).to.equal(server.apiKey.split('_')[1]);
      expect(personal['address'], type).to.equal('192.0.2.7');
    }
    await server.stop();
  });
});
