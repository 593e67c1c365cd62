import { shownSize } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PdfPage } from '../documents/open-pdf.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';

/** CSS pixels; a picture of this size is a tenth of a megabyte. */
const thumbnailWidth = 112;

/**
 * @summary All pages of a document, small; a click goes to one. Stands in a sheet.
 * @csspart page
 */
export class SkyPageList extends LitElement {
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(120px, 1fr));
        gap: 16px;
        padding: 8px 24px 24px;
      }
      button {
        display: grid;
        justify-items: center;
        align-content: start;
        gap: 4px;
        width: 100%;
        padding: 8px 4px;
        border: 0;
        border-radius: var(--_radius);
        background: none;
        letter-spacing: 0;
        cursor: pointer;
      }
      button:hover {
        background: var(--_hover);
      }
      button[aria-current] {
        background: var(--_tint);
        color: var(--_strong);
        font-weight: 700;
      }
      .sheet {
        display: block;
        width: 112px;
        min-height: 80px;
        background: #fff;
        box-shadow: 0 1px 4px rgb(0 0 0 / 25%);
        forced-color-adjust: none;
      }
      canvas {
        display: block;
        width: 100%;
      }
    `,
  ];

  @property({ type: Number }) pages = 0;
  /** The page that is read now. */
  @property({ type: Number }) page = 1;
  @property({ attribute: false }) pageOf: ((number: number) => Promise<PdfPage>) | undefined;
  @property({ attribute: false }) messages!: Messages;

  #seen: IntersectionObserver | undefined;
  readonly #gone = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
    this.#gone.abort();
  }

  protected override firstUpdated(): void {
    // Only what is looked at is painted, so that a thousand pages cost nothing.
    this.#seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) void this.#paint(target as HTMLElement);
    });
    const sheets = this.shadowRoot?.querySelectorAll<HTMLElement>('.sheet') ?? [];
    for (const sheet of sheets) this.#seen.observe(sheet);
    this.shadowRoot?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<ul>
      ${Array.from({ length: this.pages }, (_, index) => this.#renderPage(index + 1))}
    </ul>`;
  }

  #renderPage(number: number): TemplateResult {
    return html`<li>
      <button part="page" aria-current=${number === this.page ? 'page' : nothing} @click=${() => request(this, 'page', { page: number })}>
        <span class="sheet" data-page=${number}></span>${this.messages.field.page(number)}
      </button>
    </li>`;
  }

  async #paint(sheet: HTMLElement): Promise<void> {
    this.#seen?.unobserve(sheet);
    try {
      const page = await this.pageOf?.(Number(sheet.dataset['page']));
      if (!page || this.#gone.signal.aborted) return;
      const canvas = document.createElement('canvas');
      const scale = thumbnailWidth / shownSize(page.geometry).width;
      await page.paint(canvas, { scale, density: Math.min(2, window.devicePixelRatio || 1), signal: this.#gone.signal });
      sheet.replaceChildren(canvas);
    } catch {
      // A page that cannot be painted keeps its number, which is enough to go there.
    }
  }
}
