/** A node of a PDF's structure tree on one page, as PDF.js tells it: an element, or the id of something on the page. */
export interface PdfStructure {
  readonly role?: string;
  readonly children?: readonly PdfStructure[];
  /** Of an element: what stands for what cannot be read. */
  readonly alt?: string;
  readonly lang?: string;
  readonly rowSpan?: number;
  readonly colSpan?: number;
  readonly scope?: string;
  /** Of what is no element: where it is on the page. */
  readonly type?: string;
  readonly id?: string;
}

/** What assistive technology is told of a page: roles, and what of the page's text belongs to them. */
export interface StructureNode {
  /** An ARIA role; none where only a language is said. */
  readonly role: string | undefined;
  readonly level?: number;
  readonly alt?: string;
  readonly lang?: string;
  readonly rowSpan?: number;
  readonly colSpan?: number;
  /** Links on the page that this one is. */
  readonly links?: readonly string[];
  /** Elements, and ids of marked content in the text layer. */
  readonly children: readonly (StructureNode | string)[];
}

/** ISO 32000-1, 14.8.4 (standard structure types); what is not listed only groups. */
const roles: Readonly<Record<string, string>> = {
  P: 'paragraph',
  BlockQuote: 'blockquote',
  Note: 'note',
  FENote: 'note',
  Aside: 'note',
  Code: 'code',
  Em: 'emphasis',
  Strong: 'strong',
  L: 'list',
  TOC: 'list',
  LI: 'listitem',
  TOCI: 'listitem',
  Table: 'table',
  THead: 'rowgroup',
  TBody: 'rowgroup',
  TFoot: 'rowgroup',
  TR: 'row',
  TH: 'columnheader',
  TD: 'cell',
  Caption: 'caption',
  Figure: 'figure',
  Formula: 'figure',
  Link: 'link',
};

/** Where a role may stand, and nowhere else. */
const homes: Readonly<Record<string, readonly string[]>> = {
  listitem: ['list'],
  rowgroup: ['table'],
  row: ['table', 'rowgroup'],
  columnheader: ['row'],
  rowheader: ['row'],
  cell: ['row'],
  caption: ['figure'],
};
/** What a role must hold to be one. */
const contents: Readonly<Record<string, readonly string[]>> = {
  list: ['listitem'],
  table: ['row', 'rowgroup'],
  rowgroup: ['row'],
  row: ['cell', 'columnheader', 'rowheader'],
};
/** Deeper than any real document; PDF.js stops at 40. */
const deepest = 60;

/** The structure of a page in ARIA's terms. Elements that only group are left out, and so are roles that ARIA has no place for. */
export function structureOf(tree: PdfStructure): readonly (StructureNode | string)[] {
  return childrenOf(tree, { around: '', sections: 0, depth: 0 });
}

interface Place {
  /** The nearest role around. */
  readonly around: string;
  readonly sections: number;
  readonly depth: number;
}

function childrenOf({ children = [] }: PdfStructure, place: Place): (StructureNode | string)[] {
  if (place.depth > deepest) return [];
  return children.flatMap((child) => (child.role === undefined ? ownContent(child) : element(child, { ...place, depth: place.depth + 1 })));
}

function ownContent({ type, id }: PdfStructure): string[] {
  return type === 'content' && id !== undefined ? [id] : [];
}

function element(node: PdfStructure, place: Place): (StructureNode | string)[] {
  if (node.role === 'Artifact') return [];
  const sections = place.sections + (node.role === 'Sect' ? 1 : 0);
  const role = roleOf(node, place);
  const children = childrenOf(node, { around: role ?? place.around, sections, depth: place.depth });
  const links = role === 'link' ? (node.children ?? []).flatMap(({ type, id }) => (type === 'annotation' && id !== undefined ? [id] : [])) : [];
  const needed = role && contents[role];
  const empty = needed ? !children.some((child) => typeof child === 'object' && needed.includes(child.role ?? '')) : false;
  const dropped = role === undefined || empty || (role === 'link' && links.length === 0) || (role === 'figure' && node.alt === undefined && children.length === 0);
  if (dropped) return node.lang === undefined || children.length === 0 ? children : [{ role: undefined, lang: node.lang, children }];
  const { lang, rowSpan, colSpan } = node;
  return [
    {
      role,
      children,
      ...(role === 'heading' && { level: levelOf(node.role ?? '', sections) }),
      ...(role === 'figure' && node.alt !== undefined && { alt: node.alt }),
      ...(links.length > 0 && { links }),
      ...(lang !== undefined && { lang }),
      ...(rowSpan !== undefined && { rowSpan }),
      ...(colSpan !== undefined && { colSpan }),
    },
  ];
}

function roleOf({ role: type = '', scope }: PdfStructure, { around }: Place): string | undefined {
  if (/^H\d*$/u.test(type)) return 'heading';
  const role = type === 'TH' && scope === 'Row' ? 'rowheader' : Object.hasOwn(roles, type) ? roles[type] : undefined;
  if (role === undefined) return undefined;
  // A list straight inside a list goes on with the outer one: ARIA wants nothing but its items there.
  if (contents[around] && !contents[around].includes(role)) return undefined;
  return !Object.hasOwn(homes, role) || homes[role]?.includes(around) ? role : undefined;
}

/** H1, H2 … say it; a bare H takes it from the sections around it. */
function levelOf(type: string, sections: number): number {
  return Math.min(9, Math.max(1, type === 'H' ? sections : Number(type.slice(1))));
}
