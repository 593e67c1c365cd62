import { expect } from 'chai';
import { createEmbedToken, createEnvelope, createSender, createWebhook, deleteWebhook, fetchCertificate, fetchDocument, getAuditLog, getEnvelope, isSkySignError, listWebhooks, remind, resendRequest, searchEnvelopes, sendEnvelope, unlockRecipient, uploadDocument, voidEnvelope } from './index.js';

function senderWith(answer: (request: Request) => Response | Promise<Response>): ReturnType<typeof createSender> {
  return createSender({
    server: 'https://sign.example/ignored/path',
    apiKey: 'ska_1_secret',
    fetch: async (input, init) => answer(new Request(input, init)),
  });
}

describe('a sender’s calls', () => {
  it('tell why a document was refused', async () => {
    const body = { type: 'about:blank', title: 'The document is encrypted', status: 422, code: 'document_encrypted' };
    const sender = senderWith(() => Response.json(body, { status: 422 }));
    try {
      await uploadDocument(sender, { name: 'a.pdf', bytes: new Uint8Array(3) });
      expect.fail('it was refused');
    } catch (error) {
      expect(isSkySignError(error, 'document_encrypted')).to.equal(true);
    }
  });

  it('do not create an envelope twice when the connection is lost', async () => {
    let calls = 0;
    const sender = senderWith(() => {
      calls += 1;
      throw new TypeError('fetch failed');
    });
    await createEnvelope(sender, { title: 't', sender: { name: 's', email: 's@example.com' }, documents: [], recipients: [] }).catch((error: unknown) => {
      expect(isSkySignError(error, 'network_failed')).to.equal(true);
    });
    expect(calls).to.equal(1);
  });

  it('upload the bytes as they are, under their Japanese name', async () => {
    let seen = '';
    const sender = senderWith(async (request) => {
      seen = `${new URL(request.url).pathname} ${new URL(request.url).searchParams.get('name')} ${await request.text()} ${request.headers.get('authorization')}`;
      return Response.json({ id: 'd1' });
    });
    await uploadDocument(sender, { name: '契約書.pdf', bytes: new TextEncoder().encode('%PDF-') });
    expect(seen).to.equal('/v1/documents 契約書.pdf %PDF- Bearer ska_1_secret');
  });

  it('ask for an embed token under the envelope and recipient', async () => {
    let path = '';
    const sender = senderWith((request) => {
      path = new URL(request.url).pathname;
      return Response.json({ token: 'ske_', expiresAt: '' });
    });
    await createEmbedToken(sender, { envelopeId: 'e/1', recipientId: 'r1', origin: 'https://portal.example' });
    expect(path).to.equal('/v1/envelopes/e%2F1/recipients/r1/embed-tokens');
  });

  it('go to their own route, with their own method', async () => {
    const seen: string[] = [];
    const sender = senderWith(async (request) => {
      const { pathname, search } = new URL(request.url);
      seen.push(`${request.method} ${pathname}${decodeURIComponent(search)} ${await request.text()}`.trim());
      return request.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ webhooks: [] });
    });
    const one = { envelopeId: 'e/1', recipientId: 'r1', documentId: 'd1' };
    await searchEnvelopes(sender, { text: '工事', amountFrom: 0, dateTo: '2026-12-31', counterparty: '' });
    await searchEnvelopes(sender);
    await getEnvelope(sender, one);
    await sendEnvelope(sender, one);
    await voidEnvelope(sender, { ...one, reason: '誤り' });
    await remind(sender, one);
    await unlockRecipient(sender, one);
    await resendRequest(sender, one);
    await createWebhook(sender, { url: 'https://portal.example/hook' });
    expect(await listWebhooks(sender)).to.deep.equal([]);
    await deleteWebhook(sender, { webhookId: 'w1' });
    expect(seen).to.deep.equal([
      'GET /v1/envelopes?text=工事&amountFrom=0&dateTo=2026-12-31',
      'GET /v1/envelopes',
      'GET /v1/envelopes/e%2F1',
      'POST /v1/envelopes/e%2F1/send',
      'POST /v1/envelopes/e%2F1/void {"reason":"誤り"}',
      'POST /v1/envelopes/e%2F1/remind',
      'POST /v1/envelopes/e%2F1/recipients/r1/unlock',
      'POST /v1/envelopes/e%2F1/recipients/r1/resend',
      'POST /v1/webhooks {"url":"https://portal.example/hook"}',
      'GET /v1/webhooks',
      'DELETE /v1/webhooks/w1',
    ]);
  });

  it('read a log line by line, and files as bytes', async () => {
    const sender = senderWith((request) => new Response(request.url.endsWith('/audit') ? '{"seq":1}\n{"seq":2}\n' : request.url));
    expect((await getAuditLog(sender, { envelopeId: 'e1' })).map(({ seq }) => seq)).to.deep.equal([1, 2]);
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect(text(await fetchCertificate(sender, { envelopeId: 'e1', documentId: 'd1' }))).to.equal('https://sign.example/v1/envelopes/e1/documents/d1/certificate');
    expect(text(await fetchDocument(sender, { documentId: 'd1', sha256: 'ab' }))).to.equal('https://sign.example/v1/documents/d1/revisions/ab');
  });
});
