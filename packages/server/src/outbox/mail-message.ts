/** A mail as it goes out. */
export interface MailMessage {
  /** The same at every attempt, so that a mail that arrives twice is known as one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly locale: string;
}

/** Nobody will ever take this mail: no further attempt is worth it. */
export class Undeliverable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Undeliverable';
  }
}

/** The same words as HTML: paragraphs, and the one link, which is ours, as a button. Nothing that people wrote becomes markup. */
export function toHtml({ text, link, locale, action }: { text: string; link: string; locale: string; action: string }): string {
  const paragraphs = text.split(/\n{2,}/u).map((paragraph) => (link !== '' && paragraph.trim() === link ? button(link, action) : `<p style="margin:0 0 16px">${escape(paragraph).replaceAll('\n', '<br>')}</p>`));
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="margin:0;padding:24px;font:16px/1.7 sans-serif;color:#1a1f29;background:#fff"><div style="max-width:600px;margin:0 auto">${paragraphs.join('')}</div></body></html>`;
}

function button(link: string, action: string): string {
  const href = escape(link);
  return `<p style="margin:0 0 8px"><a href="${href}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#0b5cad;color:#fff;font-weight:bold;text-decoration:none">${escape(action)}</a></p><p style="margin:0 0 16px;font-size:13px;word-break:break-all">${href}</p>`;
}

function escape(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/gu, (character) => names[character] ?? '');
}
