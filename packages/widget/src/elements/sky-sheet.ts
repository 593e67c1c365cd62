import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { dialog } from '../styles/dialog.js';
import { icon } from '../styles/icons.js';
import { Modal } from './modal.js';
import { sheetStyles } from './sky-sheet.styles.js';

/**
 * @summary A sheet that rises from below, with a title and a cross; a dialog where there is room.
 * @slot - What the sheet holds.
 * @csspart sheet
 */
export class SkySheet extends LitElement {
  static override styles = [base, button, dialog, sheetStyles];

  protected readonly modal = new Modal(this, () => request(this, 'dismiss'));

  @property() heading = '';
  /** 必須 beside the heading. */
  @property() mark = '';
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult {
    return html`<dialog class="sheet" part="sheet" aria-labelledby="title">
      <span class="grip"></span>
      <div class="head">
        <h2 id="title">${this.heading}${this.mark ? html`<span class="must">${this.mark}</span>` : ''}</h2>
        <button class="icon-button" aria-label=${this.messages.common.close} @click=${() => request(this, 'dismiss')}>${icon('close')}</button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }
}
