import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { dialog } from '../styles/dialog.js';
import { icon } from '../styles/icons.js';
import { Modal } from './modal.js';

/**
 * @summary A sheet that rises from below, with a title and a cross; a dialog where there is room.
 * @slot - What the sheet holds.
 * @csspart sheet
 */
export class SkySheet extends LitElement {
  static override styles = [
    base,
    button,
    dialog,
    css`
      dialog[open] {
        grid-template-rows: auto minmax(0, 1fr);
      }
      .grip {
        display: none;
      }
      dialog > header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 16px 24px 8px 32px;
      }
      dialog > header h2 {
        font-size: 20px;
      }
      h2 .must {
        margin-inline-start: 12px;
        font-size: 16px;
        font-weight: 400;
        color: var(--_error);
      }
      .body {
        padding: 0;
      }
      @container (width < 640px) {
        .grip {
          display: block;
          position: absolute;
          inset: 8px 0 auto;
          width: 40px;
          height: 4px;
          margin: 0 auto;
          border-radius: 2px;
          background: var(--_edge);
        }
        dialog > header {
          padding: 16px 8px 4px 16px;
        }
        dialog > header h2 {
          font-size: 18px;
          line-height: 1.6;
        }
        dialog > .body {
          padding: 0;
        }
      }
    `,
  ];

  protected readonly modal = new Modal(this, () => request(this, 'dismiss'));

  @property() heading = '';
  /** 必須 beside the heading. */
  @property() mark = '';
  @property({ attribute: false }) messages: Messages = ja;

  protected override render(): TemplateResult {
    return html`<dialog class="sheet" part="sheet" aria-labelledby="title">
      <span class="grip"></span>
      <header>
        <h2 id="title">${this.heading}${this.mark ? html`<span class="must">${this.mark}</span>` : ''}</h2>
        <button class="icon-button" aria-label=${this.messages.common.close} @click=${() => request(this, 'dismiss')}>${icon('close')}</button>
      </header>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }
}
