import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clientErrorCodes } from './sky-sign-error.js';

describe('client error codes', () => {
  it('have a heading each in docs/errors.md, and no heading is left over', () => {
    const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    const [, ofTheClient = ''] = text.split('\n# Codes of the client');
    const headings = [...ofTheClient.matchAll(/^## (\w+)$/gmu)].map((match) => match[1]);
    expect(headings).to.deep.equal([...clientErrorCodes]);
  });
});
