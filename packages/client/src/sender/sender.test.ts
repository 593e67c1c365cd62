import { expect } from 'chai';
import { createEmbedToken, createEnvelope, createSender, isSkySignError, uploadDocument } from './index.js';

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
});
