import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** Nobody is fast by a broken file: the ranges reach its end, openssl verifies the CMS over them, and qpdf finds nothing wrong. */
export function checkOutput(path: string): void {
  const file = readFileSync(path);
  const at = file.lastIndexOf('/ByteRange');
  const [, start, length, next, rest] = /^\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/u.exec(file.toString('latin1', at, at + 100))?.map(Number) ?? [];
  if (start !== 0 || length === undefined || next === undefined || rest === undefined || next + rest !== file.length) throw new Error(`${path}: the ranges do not cover the file`);
  const [cms, content] = [`${path}.cms`, `${path}.content`];
  writeFileSync(cms, Buffer.from(file.toString('latin1', length + 1, next - 1), 'hex'));
  writeFileSync(content, Buffer.concat([file.subarray(0, length), file.subarray(next)]));
  const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'pipe'] };
  execFileSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-noverify', '-out', '/dev/null'], quiet);
  execFileSync('qpdf', ['--check', path], quiet);
}
