import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import type { CompletingPhase } from '../store/state.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { dialog } from '../styles/dialog.js';
import { icon } from '../styles/icons.js';
import { Modal } from './modal.js';
import { completingStyles } from './sky-completing.styles.js';

const steps = ['sending', 'signing', 'checking'] as const satisfies readonly CompletingPhase[];

/**
 * @summary What is happening while the server signs; cannot be closed.
 * @csspart dialog progress
 */
export class SkyCompleting extends LitElement {
  static override styles = [base, dialog, completingStyles];

  protected readonly modal = new Modal(this, () => undefined);

  @property() phase: CompletingPhase = 'sending';
  /** An approver is told of no signature. */
  @property({ type: Boolean }) approving = false;
  @property({ attribute: false }) messages!: Messages;

  /** A step is spoken when it comes into a region that is there already. */
  protected override firstUpdated(): void {
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const words = this.messages.completing;
    const completing = this.approving ? { ...words, ...words.approve } : words;
    const at = steps.indexOf(this.phase);
    const now = { sending: completing.sending, signing: completing.signing, checking: completing.checking }[this.phase];
    return html`<dialog part="dialog" aria-labelledby="title" aria-describedby="body">
      <div class="head"><h2 id="title" tabindex="-1" autofocus>${completing.title}</h2></div>
      <div class="body">
        <p id="body">${completing.body}</p>
        <div class="line" part="progress" aria-hidden="true"><i ${cssProps({ width: `${[18, 62, 86][at] ?? 0}%` })}></i></div>
        <p class="unseen" role="status">${this.hasUpdated ? now : ''}</p>
        <ol>
          ${this.#renderStep(at > 0, at === 0, at > 0 ? completing.sent : completing.sending)}
          ${this.#renderStep(false, at === 1, completing.signing)}
          ${this.#renderStep(false, at === 2, at === 2 ? completing.checking : completing.result)}
        </ol>
        <p class="safe muted small">${completing.safe}</p>
      </div>
    </dialog>`;
  }

  #renderStep(done: boolean, now: boolean, words: string): TemplateResult {
    if (done) return html`<li>${icon('done', 24, 'success')}<span>${words}</span></li>`;
    if (now) return html`<li>${icon('busy', 24, 'now primary')}<b>${words}</b></li>`;
    return html`<li class="muted">${icon('todo', 24)}<span>${words}</span></li>`;
  }
}
