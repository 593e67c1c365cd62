import { html, type TemplateResult } from 'lit';

const reachable = /(0\d{1,4}-\d{1,4}-\d{3,4}|0\d{9,10}|[^\s@（）()、。]+@[^\s@（）()、。]+\.[A-Za-z]{2,})/u;

/** A sender's contact: telephone numbers and mail addresses can be followed, all else is plain text. */
export function contactLine(contact: string): TemplateResult {
  const parts = contact.split(new RegExp(reachable, 'gu'));
  return html`${parts.map((part) => {
    if (!reachable.test(part)) return part;
    return html`<a class="nobr" href=${part.includes('@') ? `mailto:${part}` : `tel:${part.replaceAll('-', '')}`}>${part}</a>`;
  })}`;
}

/** The shortest way to reach a sender: the number or address in a longer contact, or all of it. */
export function shortContact(contact: string): string {
  return reachable.exec(contact)?.[0] ?? contact;
}
