import { expect } from 'chai';
import { fromLatin1, toLatin1 } from './characters.js';
import { PdfDict, PdfName, PdfRef, PdfString, type PdfObject } from './objects.js';
import { Parser, WindowEnd } from './parser.js';
import { serialize } from './serialize.js';
import { readTextString, textString } from './text-string.js';

const parse = (text: string, final = true): PdfObject => new Parser({ bytes: toLatin1(text), final }).object();

describe('the object parser', () => {
  it('refuses arrays nested without end', () => {
    expect(() => parse('['.repeat(5000))).to.throw().with.property('code', 'limit_exceeded');
  });

  it('refuses what is no object', () => {
    for (const text of ['<< /A', '<< 1 2 >>', '(open', '<4x>', 'endobj', ']']) expect(() => parse(text), text).to.throw().with.property('code', 'broken_xref');
  });

  it('asks for more bytes instead of guessing at the end of a window', () => {
    for (const text of ['12', '12 0', '12 0 R', '/Na', 'tru', '<< /A 1', '(a']) expect(() => parse(text, false), text).to.throw(WindowEnd);
  });

  it('reads numbers as viewers do', () => {
    expect(['12', '-3.5', '+.5', '4.', '--5', '4-2', '.', '-0'].map((text) => parse(text))).to.deep.equal([12, -3.5, 0.5, 4, -5, 4, 0, 0]);
  });

  it('takes what ends with the bytes', () => {
    expect([parse('12'), parse('12 0 R'), parse('/Na')]).to.deep.equal([12, new PdfRef(12, 0), new PdfName('Na')]);
    expect(new Parser({ bytes: toLatin1('7'), final: true }).integer()).to.equal(7);
  });

  it('reads strings with and without what has to be looked at', () => {
    const bytesOf = (text: string) => (parse(text) as PdfString).bytes;
    for (const [text, meant] of [['(plain)', 'plain'], ['()', ''], ['(a(b)c)', 'a(b)c'], ['(a\\)b)', 'a)b'], ['(a\r\nb)', 'a\nb'], ['(a\nb)', 'a\nb']] as const) expect(fromLatin1(bytesOf(text)), text).to.equal(meant);
  });

  it('tells references from numbers', () => {
    expect(parse('[1 0 R 2 0 3 1 0 RG]'.replace(' 1 0 RG', ''))).to.deep.equal([new PdfRef(1, 0), 2, 0, 3]);
  });

  it('reads names and strings with their escapes', () => {
    expect(parse('/A#20B')).to.deep.equal(new PdfName('A B'));
    const literal = parse('(a\\(b\\)\\n\\101(c)\\\r\nd\re)');
    expect(literal instanceof PdfString && readTextString(literal)).to.equal('a(b)\nA(c)d\ne');
    const hex = parse('<48 65 6C6c 7>');
    expect(hex instanceof PdfString && readTextString(hex)).to.equal('Hellp');
  });

  it('notices a key that is said twice', () => {
    const dict = parse('<< /A 1 /B 2 /A 3 >>');
    expect(dict instanceof PdfDict && dict.ambiguous).to.equal(true);
  });

  it('knows where in the file a string stands', () => {
    const string = new Parser({ bytes: toLatin1('  <00>'), origin: 100, final: true }).object();
    expect(string instanceof PdfString && string.span).to.deep.equal([102, 106]);
  });

  it('writes what it reads', () => {
    const text = '<< /Na#20me [1 -2.5 true null (a\\)b) <ff00> 7 0 R /X] >>';
    expect(serialize(parse(text))).to.equal(text);
    expect(serialize(1e-7)).to.equal('0.0000001');
  });

  it('carries any text through a text string', () => {
    for (const text of ['plain', '株式会社髙﨑 𠮷田㈱', 'é', '']) expect(readTextString(textString(text))).to.equal(text);
  });
});
