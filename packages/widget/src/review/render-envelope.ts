import type { SessionDocument } from '@sky-sign/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { DocumentBytes } from '../documents/document-bytes.js';
import type { Messages } from '../messages/messages.js';
import type { OpenState, SigningState } from '../store/state.js';
import type { Refusal } from './sky-review.js';

const reviewParts =
  'header, title, sender, checklist, item, item-current, progress, tabs, tab, toolbar, pages, page, field, field-current, field-done, field-error, field-tag, bar, bar-message, button, button-primary, button-text, label, input, hint, error, banner, dialog, dialog-footer, sheet, seal-preview, pad';

interface Shown {
  readonly bytesOf: ((document: SessionDocument) => DocumentBytes) | undefined;
  readonly assetsUrl: string;
  readonly refusal: Refusal | undefined;
  readonly messages: Messages;
}

/** The screens behind the access code. */
export function renderEnvelope(signing: OpenState, { bytesOf, assetsUrl, refusal, messages }: Shown): TemplateResult {
  if (signing.step === 'choosing-signer') {
    return html`<sky-choose-signer exportparts="title, sender, banner, label, input, error, dialog, dialog-footer, button, button-primary, button-text" .session=${signing.session} .error=${signing.error} .busy=${signing.acting !== undefined} .messages=${messages}
      ><slot name="intro"></slot
    ></sky-choose-signer>`;
  }
  if (signing.step === 'completed' && !signing.viewing) {
    return html`<sky-completed exportparts="banner, steps, button, button-primary, button-text" .session=${signing.session} .notice=${signing.notice} .messages=${messages}><slot name="completed"></slot></sky-completed>`;
  }
  return html`<sky-review exportparts=${reviewParts} .signing=${signing} .bytesOf=${bytesOf} .assetsUrl=${assetsUrl} .refusal=${refusal} .messages=${messages}
    ><slot name="header" slot="header"></slot><slot name="consent" slot="consent"></slot
  ></sky-review>`;
}

/** Who has signed and who is next, for a person whose turn has not come. */
export function renderProgress(signing: SigningState, messages: Messages): TemplateResult | typeof nothing {
  if (signing.step !== 'waiting' || signing.recipients.length === 0) return nothing;
  return html`<h2>${messages.done.progress}</h2><sky-progress exportparts="steps" .recipients=${signing.recipients} .messages=${messages}></sky-progress>`;
}
