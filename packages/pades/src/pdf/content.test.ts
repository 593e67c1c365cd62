import { expect } from 'chai';
import { toLatin1 } from './characters.js';
import { readContent, stateOperators } from './content.js';
import { PdfStream, dict, name, type PdfObject } from './objects.js';
import type { Resolver } from './resolver.js';
import { createWork } from './work.js';

const operators = (content: string) => stateOperators(toLatin1(content)).map(({ kind, at }) => `${kind} ${at}`);
const file: Resolver = {
  resolve: async (object) => object,
  streamBytes: async ({ data }) => (typeof data === 'number' ? new Uint8Array() : data),
  decoded: async () => new Uint8Array(),
  work: createWork(0),
};
const decoded = async (bytes: Uint8Array, filter: PdfObject, parameters?: PdfObject) => {
  const content = await readContent(file, new PdfStream(dict({ Filter: filter, DecodeParms: parameters }), bytes));
  return content && [...content];
};
const ascii = (text: string) => [...toLatin1(text)];

describe('content streams', () => {
  it('have their q and Q found, and nothing that only looks like them', () => {
    expect(operators('q Q\nq[1]0 d(q (Q) \\) q)Tj% q Q\r/q gs <51 71> Tj BT ET Q')).to.deep.equal(['save 0', 'restore 2', 'save 4', 'restore 54']);
    expect(operators('qq Qf /Q << /q 1 >> BDC (never closed q')).to.deep.equal([]);
  });

  it('have inline images passed over, even where their data looks like their end', () => {
    expect(operators('q BI /W 1 ID q \x00 EI\x80 Q EI Q')).to.deep.equal(['save 0', 'restore 26']);
    expect(operators('BI /W 1 ID q q q')).to.deep.equal([]);
  });

  it('are decoded through the filters of old files', async () => {
    expect(await decoded(toLatin1('71 0A5 1>zz'), name('ASCIIHexDecode'))).to.deep.equal([0x71, 0x0a, 0x51]);
    expect(await decoded(toLatin1('87cUR\nD]j7BEbo80z~>'), name('A85'))).to.deep.equal([...ascii('Hello world!'), 0, 0, 0, 0]);
    expect(await decoded(toLatin1('87cURD]j7BEbo7~>'), name('A85'))).to.deep.equal(ascii('Hello world'));
    expect(await decoded(Uint8Array.of(1, 113, 32, 254, 81, 128, 9), name('RunLengthDecode'))).to.deep.equal(ascii('q QQQ'));
    // The example of ISO 32000-2, 7.4.4.2.
    expect(await decoded(Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01), name('LZWDecode'))).to.deep.equal([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    expect(await decoded(toLatin1('800B6050220C0C8501>'), [name('AHx'), name('LZW')])).to.have.length(10);
    expect(await decoded(toLatin1('q'), name('DCTDecode'))).to.equal(undefined);
  });
});
