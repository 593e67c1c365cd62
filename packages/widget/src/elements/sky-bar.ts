import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatTime } from '../messages/format.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Work } from '../store/state.js';
import type { Checklist } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { barStyles } from './sky-bar.styles.js';

/**
 * @summary What is left, and the two ways on. Their order never changes; only the fill moves.
 * @csspart bar bar-message progress button button-primary
 */
export class SkyBar extends LitElement {
  static override styles = [base, button, barStyles];

  @property({ attribute: false }) checklist: Checklist | undefined;
  @property({ attribute: false }) work: Work | undefined;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.checklist || !this.work) return nothing;
    const { required, requiredDone, items } = this.checklist;
    const { bar } = this.messages;
    const left = required - requiredDone;
    const ready = left === 0;
    const message = left > 0 ? bar.left(left) : items.length ? bar.allDone : bar.nothing;
    return html`<div class="bar" part="bar">
      <div class="meter" aria-hidden="true"><i ${cssProps({ width: `${required ? (requiredDone / required) * 100 : 100}%` })}></i></div>
      <div class="message" part="bar-message"><span><b>${message}</b>${this.#renderSaved()}</span></div>
      <button class="button line list" part="button" @click=${() => request(this, 'open-list')}>${icon('list')}${bar.list}</button>
      <button class="button ${ready ? 'line' : 'fill'}" part=${ready ? 'button' : 'button button-primary'} @click=${() => request(this, ready ? 'review' : 'next-item')}>
        ${ready ? bar.review : bar.next}
      </button>
      <button class="button ${ready ? 'fill' : 'line'}" part=${ready ? 'button button-primary' : 'button'} @click=${() => request(this, 'complete')}>${bar.complete}</button>
    </div>`;
  }

  #renderSaved(): TemplateResult | typeof nothing {
    const { saving, savedAt, saveError } = this.work ?? {};
    const { bar, lang } = this.messages;
    if (saving === 'failed') return html`<span class="small error" role="alert">${saveError?.retryable === false ? bar.saveRefused : bar.saveFailed}</span>`;
    const time = savedAt && formatTime(savedAt, lang);
    return time ? html`<span class="small muted long">${bar.saved(time)}</span><span class="small muted short">${bar.savedShort(time)}</span>` : nothing;
  }
}
