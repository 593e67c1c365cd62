import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import type { Failure } from '../store/state.js';
import { icon } from '../styles/icons.js';

/** What went wrong, in the dialog that asked for it. */
export function renderFailure(failure: Failure | undefined, messages: Messages): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const { title, body } = messages.errors.of(failure.code);
  return html`<p class="message" part="error" role="alert">${icon('alert')}<span><b>${title}</b> ${body}</span></p>`;
}
