import type { SigningSession } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Notice } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { icon } from '../styles/icons.js';
import { noticeStyles, renderNoticeBanner } from './notice-banner.js';
import { screen } from './screen.styles.js';
import { completedStyles } from './sky-completed.styles.js';

/**
 * @summary The end of the journey: done, who else signs, and the documents to take along.
 * @csspart banner steps button button-primary
 */
export class SkyCompleted extends LitElement {
  static override styles = [base, button, screen, noticeStyles, completedStyles];

  @property({ attribute: false }) session: SigningSession | undefined;
  /** What there is to tell besides. */
  @property({ attribute: false }) notice: Notice | undefined;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, recipients, recipient } = this.session;
    const words = this.messages.done;
    const done = recipient.role === 'approver' ? { ...words, ...words.approve } : words;
    const all = envelope.status === 'completed';
    return html`<div class="column">
      <div class="banner" part="banner">
        ${icon('done', 36)}
        <h1 tabindex="-1" aria-describedby="said">${done.title}</h1>
        <div class="text"><p id="said">${this.#said(all)}</p></div>
      </div>
      ${renderNoticeBanner(this.notice, { documents: this.session.documents, messages: this.messages })}
      <div class="halves">
        <section>
          <h2>${done.progress}</h2>
          <sky-progress exportparts="steps" .recipients=${recipients} .messages=${this.messages}></sky-progress>
        </section>
        <section>
          <h2>${done.documents}</h2>
          <ul class="documents">${this.session.documents.map(({ id, name }, index) => this.#renderDocument(id, name, index))}</ul>
          ${envelope.controlNumber ? html`<p class="number muted small">${done.controlNumber(envelope.controlNumber)}</p>` : nothing}
        </section>
      </div>
      <slot></slot>
      <div class="actions">
        <button class="button line" part="button" @click=${() => request(this, 'close')}>${done.close}</button>
        <button class="button fill" part="button button-primary" @click=${() => request(this, 'view', { viewing: true })}>${done.view}</button>
      </div>
    </div>`;
  }

  #said(all: boolean): string {
    const { done } = this.messages;
    if (all || !this.session) return done.bodyAll;
    const { sender, recipient } = this.session;
    return recipient.role === 'approver' ? done.bodyApproved(sender.name) : done.body(sender.name);
  }

  #renderDocument(id: string, name: string, index: number): TemplateResult {
    const { header, common } = this.messages;
    const full = common.documentName(index + 1, name);
    return html`<li>
      <button aria-label=${header.downloadOne(full)} @click=${() => request(this, 'download', { documentId: id })}>${icon('file')}<span class="link">${full}</span></button>
    </li>`;
  }
}
