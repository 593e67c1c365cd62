import { expect } from 'chai';
import { structureOf, type PdfStructure, type StructureNode } from './page-structure.js';

const node = (role: string, ...children: (PdfStructure | string)[]): PdfStructure => ({
  role,
  children: children.map((child) => (typeof child === 'string' ? { type: 'content', id: child } : child)),
});

/** `list(listitem(a) listitem(b))` */
function sketch(children: readonly (StructureNode | string)[]): string {
  return children.map((child) => (typeof child === 'string' ? child : `${child.role ?? child.lang ?? ''}${child.level ?? ''}(${sketch(child.children)})`)).join(' ');
}
const read = (...children: (PdfStructure | string)[]): string => sketch(structureOf(node('Root', ...children)));

describe('the structure of a tagged page', () => {
  it('names headings, paragraphs, lists and tables, and leaves out what only groups', () => {
    expect(read(node('Document', node('Sect', node('H1', 'a'), node('P', node('Span', 'b'), 'c'))))).to.equal('heading1(a) paragraph(b c)');
    expect(read(node('L', node('LI', node('Lbl', 'a'), node('LBody', 'b')), node('LI', 'c')))).to.equal('list(listitem(a b) listitem(c))');
    expect(read(node('Table', node('THead', node('TR', node('TH', 'a'))), node('TBody', node('TR', { ...node('TH', 'b'), scope: 'Row' }, node('TD', 'c')))))).to.equal(
      'table(rowgroup(row(columnheader(a))) rowgroup(row(rowheader(b) cell(c))))',
    );
  });

  it('takes the level of a bare heading from the sections around it', () => {
    expect(read(node('Sect', node('H', 'a'), node('Sect', node('H', 'b'))))).to.equal('heading1(a) heading2(b)');
    expect(read(node('H', 'a'), node('H12', 'b'))).to.equal('heading1(a) heading9(b)');
  });

  it('gives no role where ARIA has no place for it, and loses no text', () => {
    expect(read(node('LI', 'a'), node('TD', 'b'), node('TR', node('TD', 'c')))).to.equal('a b c');
    expect(read(node('L', node('P', 'a')))).to.equal('a');
    expect(read(node('L', node('LI', 'a'), node('L', node('LI', 'b'))))).to.equal('list(listitem(a) listitem(b))');
    expect(read(node('Table', node('Caption', 'a'), node('TR', node('TD', 'b'))))).to.equal('table(a row(cell(b)))');
    expect(read(node('constructor', 'a'), node('__proto__', 'b'), node('Nonsense', 'c'))).to.equal('a b c');
  });

  it('takes the words of a figure only: nothing else may be said in place of what is written', () => {
    const [figure, paragraph] = structureOf(node('Root', { ...node('Figure', 'a'), alt: '市章' }, { ...node('P', 'b'), alt: 'something else' })) as StructureNode[];
    expect(figure?.alt).to.equal('市章');
    expect(paragraph).to.deep.equal({ role: 'paragraph', children: ['b'] });
  });

  it('keeps the language of a part', () => {
    expect(read(node('P', 'a', { ...node('Span', 'b'), lang: 'en' }))).to.equal('paragraph(a en(b))');
  });

  it('goes no deeper than a document goes', () => {
    let deep = node('P', 'a');
    for (let depth = 0; depth < 10_000; depth += 1) deep = node('Div', deep);
    expect(read(deep, node('P', 'b'))).to.equal('paragraph(b)');
  });
});
