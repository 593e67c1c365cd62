import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { isPadesError } from '../errors.js';
import type { PdfReport, SignatureReport } from '../validate/report.js';
import { validatePdf } from '../validate/validate-pdf.js';
import { nodeHash } from './node-hash.js';
import { decodePem } from './cli/load-signer.js';

const folder = path.join(process.env['SKY_SIGN_CORPUS'] ?? '', 'signed');

/** A signature in a public file, and what another validator says of it; `?` where it says nothing. */
interface Known {
  readonly file: string;
  readonly field: string;
  readonly at: string;
  readonly roots: string;
  readonly crypto: string;
  readonly changes: string;
  readonly modification: string;
  readonly coverage: string;
  readonly trusted: string;
}

/** Revoked a month after it was signed, without a timestamp: only whoever asks the authority knows. */
const ONLY_ONLINE = ['8e92581c1cf0b35a.pdf'];

describe('signatures of which others have judged', function () {
  this.timeout(300_000);
  let judged: { readonly known: Known; readonly found: SignatureReport | undefined }[] = [];

  before(async function () {
    if (!existsSync(folder)) {
      console.log('    skipped: SKY_SIGN_CORPUS names no folder with signed files');
      this.skip();
    }
    judged = await Promise.all(readVerdicts().map(async (known) => ({ known, found: signatureOf(known, await judge(known)) })));
  });

  const columns: readonly { readonly column: 'crypto' | 'changes' | 'modification' | 'coverage' | 'trusted'; of(found: SignatureReport): string }[] = [
    { column: 'crypto', of: ({ integrity }) => (integrity ? 'valid' : 'invalid') },
    { column: 'changes', of: ({ modification }) => (modification === 'OTHER' ? 'suspicious' : 'none') },
    { column: 'modification', of: ({ modification }) => modification },
    { column: 'coverage', of: ({ coverage }) => coverage },
    { column: 'trusted', of: ({ trusted }) => (trusted ? 'True' : 'False') },
  ];
  for (const { column, of } of columns) {
    it(`are judged alike: ${column}`, () => {
      const decided = judged.filter(({ known }) => known[column] !== '?' && known[column] !== '');
      const others = decided.filter(({ known, found }) => !found || of(found) !== known[column]);
      console.log(`      ${decided.length - others.length} of ${decided.length}${others.length > 0 ? `; otherwise: ${others.map(({ known }) => known.file).join(', ')}` : ''}`);
      expect(decided.length).to.be.greaterThan(100);
      expect((decided.length - others.length) / decided.length).to.be.at.least(0.98);
    });
  }

  it('are never accepted where others refuse', () => {
    const accepted = judged.filter(({ known, found }) => found?.indication === 'TOTAL-PASSED' && isRefused(known)).map(({ known }) => known.file);
    expect(accepted).to.deep.equal(ONLY_ONLINE);
  });
});

function readVerdicts(): Known[] {
  const lines = readFileSync(path.join(folder, 'verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [file = '', field = '', , at = '', roots = '', crypto = '', changes = '', modification = '', coverage = '', trusted = ''] = line.split('\t');
    return { file, field, at, roots, crypto, changes, modification, coverage, trusted };
  });
}

const isRefused = ({ crypto, changes, trusted }: Known): boolean => crypto === 'invalid' || changes === 'suspicious' || trusted === 'False';

async function judge({ file, at, roots }: Known): Promise<PdfReport | undefined> {
  const anchors = roots === '' ? [] : decodePem(readFileSync(path.join(folder, roots), 'latin1'));
  const source = bytesSource(new Uint8Array(readFileSync(path.join(folder, file))));
  try {
    return await validatePdf(source, { anchors, hash: nodeHash, crypto: globalThis.crypto, ...(at === '' ? {} : { at: new Date(at) }) });
  } catch (error) {
    if (isPadesError(error)) return undefined;
    throw new Error(`${file}: threw something else`, { cause: error });
  }
}

/** Some files have one signature, and its field no name. */
const signatureOf = ({ field }: Known, report: PdfReport | undefined): SignatureReport | undefined => report?.signatures.find((each) => field === '' || each.field === field);
