import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { errorCodes } from './errors.js';

describe('error codes', () => {
  it('have a heading each in docs/errors.md, and no heading is left over', () => {
    const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    const [ofTheServer = ''] = text.split('\n# Codes of the client');
    const headings = [...ofTheServer.matchAll(/^## (\w+)$/gmu)].map((match) => match[1]);
    expect(headings).to.deep.equal([...errorCodes]);
  });
});
