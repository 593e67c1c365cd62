import { structureOf, type PdfStructure, type StructureNode } from './page-structure.js';

export interface LaidStructure {
  readonly element: HTMLElement;
  /** The words that links stand on, by the ids of their elements. */
  readonly linkNames: ReadonlyMap<string, string>;
}

/**
 * The structure of a tagged page as elements without looks: each says its role and owns its pieces of the text layer by
 * their ids, so that the text stays where it is painted, and is selected and searched as before. Has to stand in the same
 * shadow tree as the text layer and the elements of the links, which it owns by their ids as well.
 */
export function layStructure(tree: PdfStructure, { layer, linkIds }: { layer: HTMLElement; linkIds: ReadonlySet<string> }): LaidStructure {
  const texts = new Map([...layer.querySelectorAll<HTMLElement>('.markedContent[id]')].map((text) => [text.id, text]));
  const linkNames = new Map<string, string>();

  function append(parent: HTMLElement, children: StructureNode['children']): void {
    const owned = children.filter((child): child is string => typeof child === 'string' && texts.has(child));
    // The usual case: nothing but text, which needs no element of its own.
    if (owned.length === children.length) {
      own(parent, owned);
      return;
    }
    for (const child of children) {
      if (typeof child === 'object') parent.append(elementOf(child));
      else if (texts.has(child)) parent.append(own(document.createElement('div'), [child]));
    }
  }

  function elementOf(node: StructureNode): HTMLElement {
    const element = document.createElement('div');
    const { role, level, alt, lang, rowSpan, colSpan, children } = node;
    if (lang !== undefined) element.lang = lang;
    if (role === 'link') return link(element, node);
    if (role !== undefined) element.setAttribute('role', role);
    if (level !== undefined) element.setAttribute('aria-level', String(level));
    if (rowSpan !== undefined) element.setAttribute('aria-rowspan', String(rowSpan));
    if (colSpan !== undefined) element.setAttribute('aria-colspan', String(colSpan));
    append(element, children);
    if (alt === undefined) return element;
    element.setAttribute('aria-label', alt);
    // What can be read is read; a picture without words has only its alternative.
    if (wordsIn(children) === '') element.setAttribute('role', 'img');
    return element;
  }

  /** The element of the link is what can be followed; it takes the words as its name, and its place among them. */
  function link(element: HTMLElement, { links = [], children }: StructureNode): HTMLElement {
    const ownLink = links.find((id) => linkIds.has(id));
    const words = wordsIn(children);
    if (ownLink === undefined || words === '') {
      append(element, children);
      return element;
    }
    linkNames.set(ownLink, words);
    for (const id of idsIn(children)) texts.get(id)?.setAttribute('aria-hidden', 'true');
    return own(element, [ownLink]);
  }

  function wordsIn(children: StructureNode['children']): string {
    return idsIn(children)
      .map((id) => texts.get(id)?.textContent ?? '')
      .join('')
      .trim();
  }

  const element = document.createElement('div');
  element.className = 'structure';
  append(element, structureOf(tree));
  return { element, linkNames };
}

function own(element: HTMLElement, ids: readonly string[]): HTMLElement {
  if (ids.length > 0) element.setAttribute('aria-owns', ids.join(' '));
  return element;
}

function idsIn(children: StructureNode['children']): string[] {
  return children.flatMap((child) => (typeof child === 'string' ? [child] : idsIn(child.children)));
}
