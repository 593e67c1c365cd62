import { createTestPki, createTsa, type TestIdentity } from '@sky-sign/testkit';
import { expect } from 'chai';
import { authorities, codeOf } from '../testing/envelope.js';
import { TAG, children, equalBytes, expectTlv, readTlv, sequence, tlv } from './der.js';
import { requestTimestamp, type TimestampFunction, type TimestampOptions } from './timestamp.js';

const { crypto } = globalThis;
const DATA = new TextEncoder().encode('signature value');

describe('requestTimestamp', () => {
  let identity: TestIdentity;
  let honest: TimestampFunction;
  before(async () => {
    const { pki } = await authorities();
    identity = await pki.issue({ commonName: 'TSA', usage: 'tsa' });
    honest = createTsa({ crypto, ...identity });
  });

  const ask = (options: Partial<TimestampOptions>) => requestTimestamp(crypto, DATA, { request: honest, ...options });

  it('takes what an honest authority says', async () => {
    const { pki } = await authorities();
    const { time } = await ask({ anchors: [pki.root.certificate], policy: '1.3.6.1.4.1.99999.1' });
    expect(Math.abs(time.getTime() - Date.now())).to.be.lessThan(5000);
  });

  it('refuses an answer to another request', async () => {
    let first: Uint8Array | undefined;
    const replay: TimestampFunction = async (request) => (first ??= await honest(request));
    await ask({ request: replay });
    expect(await codeOf(ask({ request: replay }))).to.equal('timestamp_refused');
  });

  it('refuses an imprint of other data', async () => {
    const other: TimestampFunction = async (request) => {
      const imprint = new Uint8Array(await crypto.subtle.digest('SHA-256', DATA));
      const at = request.findIndex((_, i) => equalBytes(request.subarray(i, i + 32), imprint));
      const changed = request.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      return honest(changed);
    };
    expect(await codeOf(ask({ request: other }))).to.equal('timestamp_refused');
  });

  it('passes on why the authority refuses', async () => {
    const message = await ask({ policy: '1.2.3.4' }).then(String, (error: Error) => error.message);
    expect(message).to.contain('unacceptedPolicy');
  });

  it('refuses a policy that was not asked for', async () => {
    // An authority that follows its own policy whatever it is asked.
    const deaf: TimestampFunction = async (request) => honest(sequence(...children(readTlv(request)).filter(({ tag }) => tag !== TAG.oid).map(({ bytes }) => bytes)));
    expect(await codeOf(ask({ request: deaf, policy: '1.2.3.5' }))).to.equal('timestamp_refused');
    expect(await codeOf(ask({ request: deaf, policy: '1.3.6.1.4.1.99999.1' }))).to.equal(undefined);
    expect(await codeOf(ask({ policy: '1.2.3.5' }))).to.equal('timestamp_refused');
  });

  it('refuses a certificate that is not for timestamps', async () => {
    const { contractor } = await authorities();
    expect(await codeOf(ask({ request: createTsa({ crypto, ...contractor }) }))).to.equal('timestamp_refused');
  });

  it('reads no answer that is longer than any should be', async () => {
    const wordy = (length: number): TimestampFunction => async (request) => {
      const [status, token] = children(readTlv(await honest(request)));
      return sequence(sequence(...children(expectTlv(status, TAG.sequence)).map(({ bytes }) => bytes), sequence(tlv(0x0c, new Uint8Array(length).fill(0x61)))), expectTlv(token, TAG.sequence).bytes);
    };
    expect(await codeOf(ask({ request: wordy(100) }))).to.equal(undefined);
    expect(await codeOf(ask({ request: wordy(70_000) }))).to.equal('timestamp_refused');
  });

  it('refuses a clock that is more than five minutes away', async () => {
    const late = createTsa({ crypto, ...identity, now: () => new Date(Date.now() + 6 * 60_000) });
    expect(await codeOf(ask({ request: late }))).to.equal('timestamp_refused');
  });

  it('refuses an authority that leads to no given anchor, or has expired', async () => {
    const stranger = await createTestPki({ crypto });
    expect(await codeOf(ask({ anchors: [stranger.root.certificate] }))).to.equal('timestamp_refused');
    const { pki } = await authorities();
    const expired = await pki.issue({ commonName: 'old', usage: 'tsa', notBefore: new Date(2020, 0), notAfter: new Date(2021, 0) });
    expect(await codeOf(ask({ request: createTsa({ crypto, ...expired }) }))).to.equal('timestamp_refused');
  });

  it('refuses a flipped signature value, and answers that cannot be read', async () => {
    let answer = new Uint8Array();
    const keep: TimestampFunction = async (request) => (answer = new Uint8Array(await honest(request)));
    await ask({ request: keep });
    // The signature value is the last thing in the token.
    const flipped: TimestampFunction = async (request) => {
      const bytes = (await honest(request)).slice();
      bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
      return bytes;
    };
    expect(await codeOf(ask({ request: flipped }))).to.equal('timestamp_refused');
    for (const junk of [new Uint8Array(), answer.subarray(0, 100), new Uint8Array(100_000)]) expect(await codeOf(ask({ request: async () => junk }))).to.equal('timestamp_refused');
  });
});
