import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/**
 * What qpdf, openssl and poppler, none of them ours, say of a signed file. Throws where one of them objects. The first
 * `foreign` signatures were there before and lead to other roots: their bytes are checked, their issuers are not.
 */
export function judgeOutside(pdf: Uint8Array, rootPem: string, foreign = 0): { signatures: number; timestamps: number; text: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sky-sign-judge-'));
  const file = path.join(folder, 'signed.pdf');
  writeFileSync(file, pdf);
  run('qpdf', '--check', file);
  const ranges = byteRanges(pdf);
  let timestamps = 0;
  ranges.forEach(([, before, after, length], index) => {
    const content = path.join(folder, `content-${index}`);
    const cms = path.join(folder, `cms-${index}`);
    writeFileSync(content, Buffer.concat([pdf.subarray(0, before), pdf.subarray(after, after + length)]));
    writeFileSync(cms, derOf(pdf.subarray(before + 1, after - 1)));
    if (isDocumentTimestamp(pdf, after)) {
      timestamps += 1;
      run('openssl', 'ts', '-verify', '-data', content, '-in', cms, '-token_in', '-CAfile', rootPem);
      return;
    }
    const trust = index < foreign ? ['-noverify'] : ['-CAfile', rootPem, '-purpose', 'any'];
    run('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, ...trust, '-out', '/dev/null');
  });
  return { signatures: ranges.length - timestamps, timestamps, text: run('pdftotext', '-layout', file, '-') };
}

/** Every `/ByteRange [0 a b c]` of the file. */
export function byteRanges(pdf: Uint8Array): [number, number, number, number][] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/gu)].map(
    (match) => match.slice(1, 5).map(Number) as [number, number, number, number],
  );
}

/** Whether the dictionary whose /Contents ends here is a document timestamp (ISO 32000-2, 12.8.5). */
function isDocumentTimestamp(pdf: Uint8Array, after: number): boolean {
  return Buffer.from(pdf.subarray(after, after + 200)).toString('latin1').includes('ETSI.RFC3161');
}

/** Drops the zeros after the DER value in a hexadecimal string. */
function derOf(hex: Uint8Array): Uint8Array {
  const bytes = Buffer.from(Buffer.from(hex).toString('latin1'), 'hex');
  const lengthBytes = bytes[1]! & 0x7f;
  const long = bytes[1]! >= 0x80;
  const length = long ? bytes.readUIntBE(2, lengthBytes) : bytes[1]!;
  return bytes.subarray(0, (long ? 2 + lengthBytes : 2) + length);
}
