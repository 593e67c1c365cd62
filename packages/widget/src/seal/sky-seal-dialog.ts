import { mostCurves, sealKinds, type Seal, type SealKind, type SigningSession } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { fieldTitle } from '../elements/field-title.js';
import { deepFocus, Modal } from '../elements/modal.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { ChecklistItem } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { dialog } from '../styles/dialog.js';
import { icon } from '../styles/icons.js';
import { form } from '../styles/form.js';
import { tab } from '../styles/tab.js';
import { sealDialogStyles } from './sky-seal-dialog.styles.js';
import { isOtherSize, type PaperSize } from './fit-seal.js';
import type { SealMemory } from './seal-memory.js';
import { sealBytes, toSeal, type SealDrawing } from './seal-picture.js';
import { sealUrl } from './seal-url.js';

/** What each way of making a seal offers. */
interface Panel extends HTMLElement {
  take(): SealDrawing | undefined;
}

/**
 * @summary Makes the seal of one field: from text, from a picture, or by hand.
 * @csspart dialog dialog-footer tab label input hint error seal-preview pad button button-primary
 */
export class SkySealDialog extends LitElement {
  static override styles = [base, button, dialog, form, tab, sealDialogStyles];

  protected readonly modal = new Modal(this, () => void this.#dismiss());

  @query('.panel') private readonly panel!: Panel | null;
  @state() private kind: SealKind = 'text';
  @state() private at: SealKind | undefined;
  @state() private tooLarge = false;
  @state() private asking = false;
  /** A picture is being made, which takes seconds on a slow machine. */
  @state() private working = false;

  @property({ attribute: false }) item: ChecklistItem | undefined;
  /** The field as it is shown: its page may be turned. */
  @property({ attribute: false, hasChanged: isOtherSize }) field: PaperSize | undefined;
  @property({ attribute: false }) recipient: SigningSession['recipient'] | undefined;
  /** The seal used in another field, offered again. */
  @property({ attribute: false }) last: Seal | undefined;
  @property({ attribute: false }) memory: SealMemory = {};
  /** Most bytes that the server takes for one seal. */
  @property({ type: Number }) limit = Infinity;
  @property({ attribute: false }) messages!: Messages;

  /** What is chosen here, on any of the tabs; remembered once it is used. */
  #choice: SealMemory = {};
  /** What had the focus before it was asked whether to throw the picture away. */
  #before: HTMLElement | undefined;

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this.#choice = { ...this.memory };
    this.kind = this.memory.kind ?? 'text';
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.item) return nothing;
    const { seal, common } = this.messages;
    return html`<dialog class="wide full" part="dialog" aria-labelledby="title" @sky-seal-changed=${this.#onChanged}>
      <div class="head">
        <h2 id="title" tabindex="-1" autofocus>${seal.title} <span class="for">${fieldTitle(this.item, this.messages)}</span></h2>
        <div class="tabs" role="tablist" aria-label=${seal.title} @keydown=${this.#onTabKey} @focusout=${() => (this.at = undefined)}>
          ${sealKinds.map((kind) => this.#renderTab(kind))}
        </div>
      </div>
      <div class="body" role="tabpanel" aria-label=${seal.tabs[this.kind]}>
        ${this.last ? this.#renderLast(this.last) : nothing} ${this.#renderPanel()}
        ${this.tooLarge ? html`<p class="message" part="error" role="alert">${icon('alert')}<span>${seal.imageRefused.large}</span></p>` : nothing}
      </div>
      ${this.asking ? this.#renderAsking() : html`<div class="foot" part="dialog-footer">
        ${this.item.done ? html`<button class="button text" part="button button-text" @click=${this.#onTakeOff}>${seal.takeOff}</button>` : nothing}
        <button class="button line" part="button" @click=${this.#dismiss}>${common.cancel}</button>
        <button class="button fill" part="button button-primary" aria-busy=${this.working ? 'true' : nothing} @click=${this.#onUse}>
          ${this.working ? icon('busy', 20, 'now') : nothing}${seal.use}
        </button>
      </div>`}
    </dialog>`;
  }

  #renderTab(kind: SealKind): TemplateResult {
    const reachable = (this.at ?? this.kind) === kind;
    return html`<button class="tab" part="tab" role="tab" aria-selected=${this.kind === kind} tabindex=${reachable ? 0 : -1} @click=${() => (this.kind = kind)}>
      ${this.messages.seal.tabs[kind]}
    </button>`;
  }

  #renderLast(last: Seal): TemplateResult {
    const { seal } = this.messages;
    return html`<div class="last">
      <span class="paper"><img alt=${seal.again} src=${sealUrl(last)} /></span>
      <span>${seal.again}</span>
      <button class="button line small" part="button" @click=${() => this.#place({ ...last, fieldId: this.item?.field.id ?? '' })}>${seal.useAgain}</button>
    </div>`;
  }

  #renderPanel(): TemplateResult {
    const { recipient, field, messages } = this;
    const parts = 'label, input, hint, error, seal-preview, pad, button';
    switch (this.kind) {
      case 'text':
        return html`<sky-seal-text class="panel" exportparts=${parts} .recipient=${recipient} .memory=${this.#choice} .field=${field} .messages=${messages}></sky-seal-text>`;
      case 'image':
        return html`<sky-seal-image class="panel" exportparts=${parts} .recipient=${recipient} .memory=${this.#choice} .field=${field} .messages=${messages}></sky-seal-image>`;
      case 'handwriting':
        return html`<sky-seal-pad class="panel" exportparts=${parts} .memory=${this.#choice} .field=${field} .messages=${messages}></sky-seal-pad>`;
    }
  }

  #renderAsking(): TemplateResult {
    const { seal } = this.messages;
    return html`<div class="foot asking" part="dialog-footer" role="alertdialog" aria-labelledby="ask" aria-describedby="ask-body">
      <p><b id="ask">${seal.discard}</b><span id="ask-body">${seal.discardBody}</span></p>
      <button class="button line" part="button" @click=${() => request(this, 'dismiss')}>${seal.discardYes}</button>
      <button class="button fill" part="button button-primary" @click=${this.#onKeepOn}>${seal.discardNo}</button>
    </div>`;
  }

  async #onUse(): Promise<void> {
    const { kind, panel, item } = this;
    const drawing = this.working ? undefined : panel?.take();
    if (!drawing || !item) return;
    this.working = true;
    try {
      const seal = await toSeal(drawing, { fieldId: item.field.id, kind: kind === 'image' ? 'image' : 'text' });
      this.tooLarge = sealBytes(seal) > this.limit || (seal.kind === 'handwriting' && seal.curves.length > mostCurves);
      if (this.tooLarge || !this.isConnected) return;
      Object.assign(this.memory, this.#choice, { kind });
      this.#place(seal);
    } finally {
      this.working = false;
    }
  }

  #onTakeOff(): void {
    if (this.item) request(this, 'clear-field', { fieldId: this.item.field.id });
  }

  #place(seal: Seal): void {
    request(this, 'place-seal', { seal });
  }

  #onChanged(): void {
    this.tooLarge = false;
  }

  /** A file or strokes that were never used would be lost. */
  #wouldLose(): boolean {
    const { scan, handwriting } = this.#choice;
    const isNewScan = scan !== undefined && scan.data !== this.memory.scan?.data;
    return isNewScan || (handwriting !== undefined && handwriting !== this.memory.handwriting);
  }

  async #dismiss(): Promise<void> {
    if (this.asking || !this.#wouldLose()) {
      request(this, 'dismiss');
      return;
    }
    this.#before = deepFocus();
    this.asking = true;
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.asking .fill')?.focus();
  }

  /** Back to where the person was, or to the panel where that was a button which has gone. */
  async #onKeepOn(): Promise<void> {
    this.asking = false;
    await this.updateComplete;
    (this.#before?.isConnected ? this.#before : this.panel)?.focus();
  }

  async #onTabKey(event: KeyboardEvent): Promise<void> {
    const last = sealKinds.length - 1;
    const at = sealKinds.indexOf(this.at ?? this.kind);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at = sealKinds[(to + last + 1) % (last + 1)];
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('[role=tab][tabindex="0"]')?.focus();
  }
}
