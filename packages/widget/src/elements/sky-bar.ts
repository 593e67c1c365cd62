import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatTime, ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Work } from '../store/state.js';
import type { Checklist } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';

/**
 * @summary What is left, and the two ways on. Their order never changes; only the fill moves.
 * @csspart bar bar-message progress button button-primary
 */
export class SkyBar extends LitElement {
  static override styles = [
    base,
    button,
    css`
      .bar {
        position: relative;
        display: flex;
        align-items: center;
        gap: 16px;
        min-height: 72px;
        padding: 12px 24px;
        border-top: 1px solid var(--_line);
        background: var(--_surface);
        box-shadow: 0 -1px 4px rgb(0 0 0 / 6%);
      }
      .message {
        flex: 1;
        min-width: 0;
        line-height: 1.5;
      }
      .message b {
        color: var(--_strong);
      }
      .message .small {
        display: block;
      }
      .button {
        min-width: 136px;
      }
      .meter,
      .list {
        display: none;
      }
      @container (width < 900px) {
        .button.list {
          display: inline-flex;
          min-width: 0;
        }
      }
      @container (width < 640px) {
        .bar {
          flex-wrap: wrap;
          gap: 8px 12px;
          padding: 8px 16px calc(12px + env(safe-area-inset-bottom, 0px));
          border-top: 0;
        }
        .meter {
          display: block;
          position: absolute;
          inset: 0 0 auto;
          height: 4px;
          background: var(--_line);
        }
        .meter i {
          display: block;
          height: 100%;
          background: var(--_primary);
          transition: width var(--_motion) ease-out;
        }
        .message {
          display: flex;
          flex: 1 1 55%;
          align-items: center;
          min-height: 44px;
        }
        .message .small:not(.error) {
          display: none;
        }
        .button {
          flex: 1 1 40%;
          min-width: 0;
        }
        .button.list {
          flex: none;
          padding: 8px 0;
          border-color: transparent;
          background: none;
          font-weight: 400;
          text-decoration: underline;
          text-underline-offset: 3px;
        }
      }
      @container (height < 480px) {
        .bar {
          min-height: 56px;
          padding-block: 4px;
        }
        .message .small:not(.error) {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) checklist: Checklist | undefined;
  @property({ attribute: false }) work: Work | undefined;
  @property({ attribute: false }) messages: Messages = ja;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.checklist || !this.work) return nothing;
    const { required, requiredDone, items } = this.checklist;
    const { bar } = this.messages;
    const left = required - requiredDone;
    const ready = left === 0;
    const message = left > 0 ? bar.left(left) : items.length ? bar.allDone : bar.nothing;
    return html`<footer class="bar" part="bar">
      <div class="meter" aria-hidden="true"><i ${cssProps({ width: `${required ? (requiredDone / required) * 100 : 100}%` })}></i></div>
      <div class="message" part="bar-message"><span><b>${message}</b>${this.#renderSaved()}</span></div>
      <button class="button line list" part="button" @click=${() => request(this, 'open-list')}>${icon('list')}${bar.list}</button>
      <button class="button ${ready ? 'line' : 'fill'}" part=${ready ? 'button' : 'button button-primary'} @click=${() => request(this, ready ? 'review' : 'next-item')}>
        ${ready ? bar.review : bar.next}
      </button>
      <button class="button ${ready ? 'fill' : 'line'}" part=${ready ? 'button button-primary' : 'button'} @click=${() => request(this, 'complete')}>${bar.complete}</button>
    </footer>`;
  }

  #renderSaved(): TemplateResult | typeof nothing {
    const { saving, savedAt } = this.work ?? {};
    const { bar } = this.messages;
    if (saving === 'failed') return html`<span class="small error">${bar.saveFailed}</span>`;
    return savedAt ? html`<span class="small muted">${bar.saved(formatTime(savedAt))}</span>` : nothing;
  }
}
