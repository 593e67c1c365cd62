import axe from 'axe-core';
import { expect } from 'chai';
import { makeSmallPdf } from './documents/small-pdf.js';
import type { SkyPage } from './elements/sky-page.js';
import { removePages, showPages } from './testing/show-pages.js';
import { until } from './testing/screen.js';
import { deep } from './testing/signing-steps.js';

/** One line of text as marked content `mcid`, from the top of the page downwards. */
const line = (mcid: number, tag: string, text: string): string => `/${tag} << /MCID ${mcid} >> BDC BT /F1 14 Tf 40 ${560 - mcid * 30} Td (${text}) Tj ET EMC`;

// Objects 5 to 21: the font, the root of the structure, its parent tree, a link, then the elements.
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const link = '<< /Type /Annot /Subtype /Link /Rect [40 285 200 310] /StructParent 1 /A << /S /URI /URI (https://city.example/terms) >> >>';
const element = (type: string, parent: number, kids: string, more = ''): string => `<< /Type /StructElem /S /${type} /P ${parent} 0 R /Pg 3 0 R /K [${kids}] ${more} >>`;
const tagged = {
  page: '/MediaBox [0 0 400 600] /StructParents 0 /Annots [8 0 R] /Resources << /Font << /F1 5 0 R >> >>',
  catalog: '/Lang (en-GB) /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R',
  // Painted in another order than it is to be read in.
  content: [
    line(1, 'P', 'The parties agree.'),
    line(0, 'H1', 'Contract'),
    line(2, 'LBody', 'Works'),
    line(3, 'LBody', 'Price'),
    line(4, 'TH', 'Item'),
    line(5, 'TD', 'Bridge'),
    '/Figure << /MCID 6 >> BDC 0 0 1 rg 40 360 20 20 re f EMC',
    line(7, 'Figure', 'AOBA'),
    line(8, 'Link', 'Terms of the city'),
    '/Artifact BMC BT /F1 8 Tf 40 20 Td (page 1 of 1) Tj ET EMC',
    'BT /F1 14 Tf 40 60 Td (Words without a tag) Tj ET',
  ].join('\n'),
  more: [
    font,
    '<< /Type /StructTreeRoot /K 9 0 R /ParentTree 7 0 R /RoleMap << /Ueberschrift /H1 >> >>',
    '<< /Nums [0 [10 0 R 11 0 R 14 0 R 15 0 R 18 0 R 19 0 R 20 0 R 21 0 R 22 0 R] 1 22 0 R] >>',
    link,
    element('Document', 6, '10 0 R 11 0 R 12 0 R 16 0 R 20 0 R 21 0 R 22 0 R'),
    element('Ueberschrift', 9, '0'),
    element('P', 9, '1', '/ActualText (The parties agree to everything.)'),
    element('L', 9, '13 0 R 23 0 R'),
    element('LI', 12, '14 0 R'),
    element('LBody', 13, '2'),
    element('LBody', 23, '3'),
    element('Table', 9, '17 0 R 24 0 R'),
    element('TR', 16, '18 0 R'),
    element('TH', 17, '4'),
    element('TD', 24, '5'),
    element('Figure', 9, '6', '/Alt (Emblem of the city)'),
    element('Figure', 9, '7', '/Alt (Name of the city)'),
    element('Link', 9, '8 << /Type /OBJR /Obj 8 0 R /Pg 3 0 R >>'),
    element('LI', 12, '15 0 R'),
    element('TR', 16, '19 0 R'),
  ],
} as const;

/** What is read, in order: one line for each piece of text, under the roles that it has. What another element owns is read there. */
function readOut(root: HTMLElement): string[] {
  const scope = root.getRootNode() as ShadowRoot;
  const owned = new Set([...scope.querySelectorAll('[aria-owns]')].flatMap((one) => one.getAttribute('aria-owns')?.split(' ') ?? []));
  const lines: string[] = [];
  const visit = (node: Element, path: string): void => {
    if (node.getAttribute('aria-hidden') === 'true') return;
    const role = node.localName === 'a' ? 'link' : node.getAttribute('role');
    const named = role && role !== 'presentation' ? [role + (node.getAttribute('aria-level') ?? ''), node.getAttribute('aria-label')].filter(Boolean).join(' ') : '';
    const here = [path, named].filter(Boolean).join(' > ');
    if (role === 'img' || role === 'link') {
      lines.push(here);
      return;
    }
    if (node.children.length === 0 && node.textContent?.trim()) lines.push(`${here}: ${node.textContent}`);
    for (const child of node.children) if (!owned.has(child.id)) visit(child, here);
    for (const id of node.getAttribute('aria-owns')?.split(' ') ?? []) {
      const child = scope.getElementById(id);
      if (child) visit(child, here);
    }
  };
  visit(root, '');
  return lines;
}

describe('a tagged PDF', function () {
  this.timeout(60_000);
  afterEach(removePages);

  const textOf = (pages: HTMLElement): HTMLElement | undefined => deep<HTMLElement>(pages, 'sky-page')?.shadowRoot?.querySelector<HTMLElement>('.text') ?? undefined;

  it('is read in its own order, with headings, lists, tables, figures and links', async () => {
    const pages = await showPages(makeSmallPdf(tagged));
    const text = await until(() => textOf(pages)?.querySelector('.structure') && textOf(pages), 'the structure');
    expect(readOut(text)).to.deep.equal([
      'heading1: Contract',
      'paragraph: The parties agree.',
      'list > listitem: Works',
      'list > listitem: Price',
      'table > row > columnheader: Item',
      'table > row > cell: Bridge',
      'img Emblem of the city',
      'figure Name of the city: AOBA',
      'link Terms of the city',
      ': Words without a tag',
    ]);
    const { violations } = await axe.run(pages, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).to.deep.equal([]);
  });

  it('leaves the text on the words that are painted, in boxes that can be owned', async () => {
    const pages = await showPages(makeSmallPdf(tagged));
    const text = await until(() => textOf(pages)?.querySelector('.structure') && textOf(pages), 'the structure');
    const paper = text.getBoundingClientRect();
    const words = [...text.querySelectorAll('span')].find(({ children, textContent }) => children.length === 0 && textContent === 'Contract');
    const box = (words as HTMLElement).getBoundingClientRect();
    const scale = paper.width / 400;
    expect((box.left - paper.left) / scale).to.be.closeTo(40, 2);
    expect((box.bottom - paper.top) / scale).to.be.closeTo(600 - 560 + 3, 4);
    // Chromium lets nothing be owned that has no box.
    for (const marked of text.querySelectorAll('.markedContent')) expect(getComputedStyle(marked).display).to.equal('inline');
  });

  it('says in what language it is, and nothing where that is none', async () => {
    const pages = await showPages(makeSmallPdf(tagged));
    await until(() => textOf(pages)?.lang === 'en-GB', 'the language of the file');
    removePages();
    const odd = await showPages(makeSmallPdf({ ...tagged, catalog: tagged.catalog.replace('en-GB', 'x" onload=') }));
    const text = await until(() => textOf(odd)?.querySelector('.structure') && textOf(odd), 'the structure');
    expect(text.hasAttribute('lang')).to.equal(false);
  });

  it('keeps its structure when it is painted anew, and its text where it is for search', async () => {
    const pages = await showPages(makeSmallPdf(tagged));
    const first = await until(() => textOf(pages)?.querySelector('.structure'), 'the structure');
    const page = deep<SkyPage>(pages, 'sky-page');
    const spans = page?.textSpans.map(({ textContent }) => textContent);
    expect(spans?.slice(0, 2)).to.deep.equal(['The parties agree.', 'Contract']);
    pages.zoom = 2;
    const second = await until(() => textOf(pages)?.querySelector('.structure') !== first && textOf(pages)?.querySelector('.structure'), 'the structure again');
    expect(readOut(second.parentElement as HTMLElement)[0]).to.equal('heading1: Contract');
    expect(textOf(pages)?.querySelectorAll('.structure').length).to.equal(1);
    expect(page?.textSpans.map(({ textContent }) => textContent)).to.deep.equal(spans);
  });

  it('is plain text where it is not tagged', async () => {
    const pages = await showPages(makeSmallPdf({ ...tagged, catalog: '' }));
    const text = await until(() => textOf(pages)?.textContent?.includes('Words without a tag') && textOf(pages), 'the text');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(text.querySelector('.structure')).to.equal(null);
    expect(text.hasAttribute('lang')).to.equal(false);
  });
});
