import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect } from 'chai';
import ky from 'ky';
import { clientErrorCodes } from './sky-sign-error.js';
import { translateError } from './translate-error.js';

describe('client error codes', () => {
  it('have a heading each in docs/errors.md, and no heading is left over', () => {
    const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    const [, ofTheClient = ''] = text.split('\n# Codes of the client');
    const headings = [...ofTheClient.matchAll(/^## (\w+)$/gmu)].map((match) => match[1]);
    expect(headings).to.deep.equal([...clientErrorCodes]);
  });
});

describe('a client error', () => {
  it('shows no key and no token to whoever prints it', async () => {
    for (const answer of [() => Response.json({ code: 'document_xfa', title: 'no', status: 422, type: 'about:blank' }, { status: 422 }), () => new Response('', { status: 502 }), () => Promise.reject(new TypeError('fetch failed'))]) {
      const http = ky.create({ prefixUrl: 'https://sign.example', headers: { authorization: 'Bearer ska_secret' }, retry: 0, fetch: async () => answer() });
      const error = await translateError(await http.post('v1/documents').then(() => undefined, (thrown: unknown) => thrown), 'Uploading');
      expect(inspect(error, { depth: Infinity }), error.code).to.not.include('ska_secret');
    }
  });
});
