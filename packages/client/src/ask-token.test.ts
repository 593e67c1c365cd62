import { expect } from 'chai';
import { askToken } from './ask-token.js';
import { isSkySignError } from './sky-sign-error.js';

describe('askToken', () => {
  const token = `ske_0a1b2c3d_${'b'.repeat(43)}`;
  const failing: Readonly<Record<string, () => unknown>> = {
    'rejects': () => Promise.reject(new TypeError('Failed to fetch')),
    'throws at once': () => {
      throw new Error('no');
    },
    'gives undefined': async () => undefined,
    'gives null': async () => null,
    'gives an empty text': async () => '',
    'gives a number': async () => 42,
    'gives an object': async () => ({ token }),
    'gives a page': async () => '<!doctype html><title>Log in</title>',
    'gives a token of another kind': async () => `sks_${'b'.repeat(43)}`,
    'gives a token that was cut off': async () => 'ske_0a1b2c',
    'never answers': () => new Promise(() => undefined),
  };

  for (const [what, getToken] of Object.entries(failing)) {
    it(`says so, and that it may be tried again, where the host ${what}`, async () => {
      const error: unknown = await askToken(getToken as () => Promise<string>, 50).catch((thrown: unknown) => thrown);
      if (!isSkySignError(error, 'token_unavailable')) throw error;
      expect(error.retryable).to.equal(true);
    });
  }

  it('gives the token on, also where it came without a promise', async () => {
    expect(await askToken(async () => token)).to.equal(token);
    expect(await askToken((() => token) as unknown as () => Promise<string>)).to.equal(token);
  });

  it('keeps what the host threw for its log', async () => {
    const thrown = new Error('The portal answered 503.');
    const error: unknown = await askToken(() => Promise.reject(thrown)).catch((caught: unknown) => caught);
    expect(error).to.have.property('cause', thrown);
  });
});
