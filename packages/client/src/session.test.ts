import type { OpenedSession, SessionIntro, SigningSession } from '@sky-sign/protocol';
import { expect } from 'chai';
import { bytes, fakeServer, json, problem, type Answer, type Seen } from './fake-server.js';
import {
  complete,
  enterAccessCode,
  fetchRevision,
  forgetSession,
  getSession,
  isSkySignError,
  openConnection,
  originHash,
  prepareCompletion,
  resumeSession,
  saveDraft,
  startSession,
  type Connection,
  type RememberedSession,
  type SessionMemory,
  type SkySignErrorCode,
} from './index.js';

const server = 'https://sign.example';
const linkToken = `skl_${'a'.repeat(43)}`;
const intro = { sessionId: 's1', protocolVersion: 1 } as SessionIntro;
const session = {
  sessionId: 's1',
  envelope: { id: 'e1' },
  recipient: { id: 'r1' },
  consent: { id: 'c1', text: '同意します。', sha256: '0'.repeat(64), locale: 'ja' },
} as SigningSession;

function opened(token: string, seconds = 300): OpenedSession {
  return { token, tokenExpiresAt: new Date(Date.now() + seconds * 1000).toISOString(), session };
}

async function refusal(run: Promise<unknown>): Promise<SkySignErrorCode> {
  try {
    await run;
  } catch (error) {
    if (isSkySignError(error)) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}

/** A connection past the access code, whose further calls `answer` serves. */
async function openedConnection(answer: (seen: Seen) => Answer): Promise<{ connection: Connection; seen: Seen[] }> {
  let ready = false;
  const fake = fakeServer((seen) => {
    if (ready) return answer(seen);
    return seen.path === '/v1/sessions' ? json(intro) : json(opened('sks_first'));
  });
  const connection = await openConnection({ server, fetch: fake.fetch });
  await startSession(connection, { linkToken });
  await enterAccessCode(connection, { accessCode: '1234' });
  ready = true;
  fake.seen.length = 0;
  return { connection, seen: fake.seen };
}

describe('a signer’s calls', () => {
  it('never sends an embed token to a server that it was not made for', async () => {
    const fake = fakeServer(() => json(intro));
    const connection = await openConnection({ server, fetch: fake.fetch });
    const token = `ske_${await originHash('https://other.example')}_${'b'.repeat(43)}`;
    expect(await refusal(startSession(connection, { linkToken: token }))).to.equal('server_mismatch');
    expect(fake.seen).to.have.length(0);
    await startSession(connection, { linkToken: `ske_${await originHash(server)}_${'b'.repeat(43)}` });
    expect(fake.seen).to.have.length(1);
  });

  it('never sends what has not the form of a link or embed token', async () => {
    const fake = fakeServer(() => json(intro));
    const connection = await openConnection({ server, fetch: fake.fetch });
    for (const token of ['', 'skl_', linkToken.slice(4), `${linkToken} `, `skl_${'a'.repeat(300)}`, `sks_${'a'.repeat(43)}`]) {
      expect(await refusal(startSession(connection, { linkToken: token })), token).to.equal('link_unknown');
    }
    expect(fake.seen).to.have.length(0);
  });

  it('refuses a server of another protocol version', async () => {
    const fake = fakeServer(() => json({ ...intro, protocolVersion: 99 }));
    const connection = await openConnection({ server, fetch: fake.fetch });
    expect(await refusal(startSession(connection, { linkToken }))).to.equal('protocol_mismatch');
  });

  it('repeats once with the nonce that the server asks for, under a new proof id', async () => {
    const fake = fakeServer(({ proof }) =>
      proof.nonce === 'n1' ? json(intro) : problem('use_dpop_nonce', 401, {}, { 'dpop-nonce': 'n1' }),
    );
    const connection = await openConnection({ server, fetch: fake.fetch });
    await startSession(connection, { linkToken });
    expect(fake.seen.map(({ proof }) => proof.nonce)).to.deep.equal([undefined, 'n1']);
    expect(fake.seen[0]?.proof.jti).not.to.equal(fake.seen[1]?.proof.jti);
  });

  it('gives up when the server asks for a nonce again and again', async () => {
    const fake = fakeServer(() => problem('use_dpop_nonce', 401, {}, { 'dpop-nonce': 'n1' }));
    const connection = await openConnection({ server, fetch: fake.fetch });
    expect(await refusal(startSession(connection, { linkToken }))).to.equal('use_dpop_nonce');
    expect(fake.seen).to.have.length(2);
  });

  it('does not repeat an access code after a lost answer, because each wrong one counts', async () => {
    const fake = fakeServer(({ path }) => (path === '/v1/sessions' ? json(intro) : new TypeError('fetch failed')));
    const connection = await openConnection({ server, fetch: fake.fetch });
    await startSession(connection, { linkToken });
    expect(await refusal(enterAccessCode(connection, { accessCode: '1234' }))).to.equal('network_failed');
    expect(fake.seen).to.have.length(2);
  });

  it('tells how many tries are left after a wrong code', async () => {
    const fake = fakeServer(({ path }) => (path === '/v1/sessions' ? json(intro) : problem('access_code_wrong', 403, { triesLeft: 4 })));
    const connection = await openConnection({ server, fetch: fake.fetch });
    await startSession(connection, { linkToken });
    try {
      await enterAccessCode(connection, { accessCode: '0000' });
      expect.fail('the code was wrong');
    } catch (error) {
      if (!isSkySignError(error, 'access_code_wrong')) throw error;
      expect(error.problem?.triesLeft).to.equal(4);
      expect(error.retryable).to.equal(false);
    }
  });

  it('binds token and request into the proof', async () => {
    const { connection, seen } = await openedConnection(() => json(session));
    await getSession(connection);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('sks_first')));
    const [one] = seen;
    expect(one?.headers.get('authorization')).to.equal('DPoP sks_first');
    expect(one?.proof.htm).to.equal('GET');
    expect(one?.proof.htu).to.equal(`${server}/v1/sessions/s1`);
    expect(bytes(one?.proof.ath ?? '')).to.deep.equal(digest);
  });

  it('renews a refused token once, for all calls that wait together', async () => {
    const { connection, seen } = await openedConnection(({ path, headers }) => {
      if (path.endsWith('/resume')) return json(opened('sks_second'));
      return headers.get('authorization') === 'DPoP sks_second' ? json(session) : problem('session_invalid', 401);
    });
    await Promise.all([getSession(connection), getSession(connection), getSession(connection)]);
    expect(seen.filter(({ path }) => path.endsWith('/resume'))).to.have.length(1);
  });

  it('takes a session up with the token of the page, which goes to the server that it was made for, and nowhere else', async () => {
    const { connection, seen } = await openedConnection(() => json(opened('sks_second')));
    expect(await resumeSession(connection, { linkToken })).to.deep.equal(session);
    await resumeSession(connection);
    expect(seen.map(({ body }) => body)).to.deep.equal([JSON.stringify({ linkToken }), '']);
    const foreign = `ske_${await originHash('https://other.example')}_${'b'.repeat(43)}`;
    expect(await refusal(resumeSession(connection, { linkToken: foreign }))).to.equal('server_mismatch');
    expect(await refusal(resumeSession(connection, { linkToken: 'skl_' }))).to.equal('link_unknown');
    expect(seen).to.have.length(2);
  });

  it('says that the session has ended where renewing is refused too', async () => {
    const { connection } = await openedConnection(() => problem('session_invalid', 401));
    expect(await refusal(getSession(connection))).to.equal('session_invalid');
  });

  it('forgets its own session, and not one that was begun since in its place', async () => {
    let kept: RememberedSession | undefined;
    const memory: SessionMemory = { read: () => kept, write: (next) => (kept = next), clear: () => (kept = undefined) };
    const { fetch } = fakeServer(() => json(intro));
    const [early, late] = [await openConnection({ server, fetch, memory }), await openConnection({ server, fetch, memory })];
    await startSession(early, { linkToken });
    await startSession(late, { linkToken: `skl_${'b'.repeat(43)}` });
    const mine = kept;
    await forgetSession(early);
    expect(kept).to.equal(mine).and.not.equal(undefined);
    await forgetSession(late);
    expect(kept).to.equal(undefined);
  });

  it('takes up a transfer again that broke off, and only that range', async () => {
    let first = true;
    const { connection, seen } = await openedConnection(() => {
      if (first) {
        first = false;
        const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) });
        return new Response(broken, { status: 206 });
      }
      return new Response(new Uint8Array(512), { status: 206 });
    });
    const range = { documentId: 'd1', sha256: 'f'.repeat(64), begin: 1024, end: 1536 };
    expect(await fetchRevision(connection, range)).to.have.length(512);
    expect(seen.map(({ headers }) => headers.get('range'))).to.deep.equal(['bytes=1024-1535', 'bytes=1024-1535']);
  });

  it('refuses a range of the wrong length', async () => {
    const { connection } = await openedConnection(() => new Response(new Uint8Array(100), { status: 206 }));
    const range = { documentId: 'd1', sha256: 'f'.repeat(64), begin: 0, end: 512 };
    expect(await refusal(fetchRevision(connection, range))).to.equal('answer_invalid');
  });

  it('repeats a draft that was lost on the way', async () => {
    let lost = 1;
    const { connection, seen } = await openedConnection(() => ((lost -= 1) >= 0 ? new TypeError('fetch failed') : json({ savedAt: 'now' })));
    expect(await saveDraft(connection, { values: [], seals: [] })).to.deep.equal({ savedAt: 'now' });
    expect(seen).to.have.length(2);
  });

  it('hands a completion in with the same key and the same bytes, however often it is sent', async () => {
    let lost = 1;
    const { connection, seen } = await openedConnection(() => ((lost -= 1) >= 0 ? new TypeError('fetch failed') : json({ status: 'signed', session })));
    const values = [{ fieldId: 'f1', value: '株式会社髙﨑 𠮷田㈱' }];
    const completion = await prepareCompletion(connection, { session, shown: [], values, seals: [] });
    await complete(connection, completion);
    await complete(connection, completion);
    expect(new Set(seen.map(({ body }) => body)).size).to.equal(1);
    expect(new Set(seen.map(({ headers }) => headers.get('idempotency-key'))).size).to.equal(1);
    expect(seen).to.have.length(3);
  });

  it('signs the consent record with the session’s key', async () => {
    const { connection } = await openedConnection(() => json(session));
    const completion = await prepareCompletion(connection, { session, shown: [], values: [], seals: [] });
    const { consent, consentSignature } = JSON.parse(completion.body) as { consent: unknown; consentSignature: string };
    const [header = '', empty, signature = ''] = consentSignature.split('.');
    const { canonicalJson } = await import('@sky-sign/protocol');
    const content = btoa(String.fromCharCode(...canonicalJson(consent))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    expect(empty).to.equal('');
    const holds = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      connection.keys?.publicKey as CryptoKey,
      bytes(signature),
      new TextEncoder().encode(`${header}.${content}`),
    );
    expect(holds).to.equal(true);
  });
});
