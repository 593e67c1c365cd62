import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { doubtsEn } from '../describe/en-doubts.js';
import { doubtsJa } from '../describe/ja-doubts.js';

const source = fileURLToPath(new URL('..', import.meta.url));
/** Where the codes of problems and warnings are made. */
const ROOMS = ['validate', 'difference', 'cms'];
/** Words of that form which are no codes of a report. */
const OTHERS = ['certificate_mismatch', 'out_of_bounds'];

/** Every literal in snake case. */
function codesIn(room: string): string[] {
  const files = readdirSync(path.join(source, room), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return files.flatMap((file) => [...readFileSync(path.join(source, room, file), 'utf8').matchAll(/'([a-z][a-z0-9]*(?:_[a-z0-9]+)+)'/g)].map(([, code = '']) => code));
}

describe('the codes of a report', () => {
  const codes = [...new Set(ROOMS.flatMap(codesIn))].filter((code) => !OTHERS.includes(code)).sort();

  /** What is said of a timestamp as of a signature needs no words of its own. */
  const plain = (code: string) => code.replace(/^timestamp_(?=content_type|hash_|message_|signature_|signed_|signer_|signing_)/, '');

  it('have words in both languages', () => {
    expect(codes).to.include('message_digest').and.include('locked_field_changed');
    expect(codes.map(plain).filter((code) => !(code in doubtsJa) || !(code in doubtsEn))).to.deep.equal([]);
    expect(Object.keys(doubtsJa).sort()).to.deep.equal(Object.keys(doubtsEn).sort());
  });

  it('stand in the documentation', () => {
    const page = readFileSync(path.join(source, '../../../docs/pades.md'), 'utf8');
    expect(Object.keys(doubtsEn).filter((code) => !page.includes(`\`${code}\``))).to.deep.equal([]);
  });
});
