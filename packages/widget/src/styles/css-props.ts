import { nothing } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type Props = Readonly<Record<string, string>>;

/**
 * Sets CSS properties of an element one by one. Lit's `styleMap` first writes a `style` attribute, which `style-src 'self'`
 * forbids.
 */
class CssProps extends Directive {
  #before: Props = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('cssProps belongs on an element');
  }

  override render(_props: Props): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [props]: [Props]): typeof nothing {
    const { style } = element as HTMLElement;
    for (const name of Object.keys(this.#before)) if (!(name in props)) style.removeProperty(name);
    for (const [name, value] of Object.entries(props)) if (this.#before[name] !== value) style.setProperty(name, value);
    this.#before = props;
    return nothing;
  }
}

export const cssProps = directive(CssProps);
