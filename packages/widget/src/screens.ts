import type { SenderContact } from '@sky-sign/protocol';
import { html, type nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from './messages/messages.js';
import type { SigningState } from './store/state.js';

export interface NoticeScreen {
  readonly kind: 'error' | 'success' | 'info';
  readonly heading: string;
  readonly body: string;
  readonly next?: { readonly title: string; readonly body: string };
  readonly sender?: SenderContact | undefined;
  readonly reference?: string | undefined;
  /** What the button that begins anew is called; none where that is no use. */
  readonly retry?: string | undefined;
}

/** The states that are one message on the screen. */
export function noticeFor(state: SigningState, messages: FirstMessages): NoticeScreen | undefined {
  const { locked, waiting, ended, outcomes, errors } = messages;
  switch (state.step) {
    case 'locked':
      return {
        kind: 'error',
        heading: locked.title,
        body: locked.body(state.sender?.name ?? locked.someone),
        next: { title: locked.nextTitle, body: locked.nextBody },
        sender: state.sender,
        reference: state.reference,
      };
    case 'waiting':
      return { kind: 'info', heading: waiting.title, body: waiting.body, sender: state.sender };
    case 'declined':
      return { kind: 'info', heading: state.approving ? outcomes.declinedApprover : outcomes.declined, body: outcomes.declinedBody(state.sender?.name ?? locked.someone) };
    case 'delegated':
      return { kind: 'info', heading: outcomes.delegated, body: outcomes.delegatedBody };
    case 'ended': {
      const good = state.reason === 'signed' || state.reason === 'completed' || state.reason === 'paused';
      return { kind: good ? 'success' : 'info', heading: ended.title[state.reason], body: state.reason === 'paused' && state.approving ? ended.pausedApprover : ended.body[state.reason], sender: state.sender, retry: { paused: ended.goOn, session: ended.reopen, superseded: ended.reopen }[state.reason as string] };
    }
    case 'sealing':
      return { kind: 'success', heading: outcomes.sealing, body: outcomes.sealingBody };
    case 'failed': {
      const { title, body } = errors.of(state.code);
      return { kind: 'error', heading: title, body, retry: state.retryable ? messages.common.retry : undefined };
    }
    default:
      return undefined;
  }
}

export function renderNotice(notice: NoticeScreen, messages: FirstMessages, more?: TemplateResult | typeof nothing): TemplateResult {
  return html`<sky-notice
    exportparts="banner, steps, button, button-primary"
    kind=${notice.kind}
    .heading=${notice.heading}
    .body=${notice.body}
    .next=${notice.next}
    .sender=${notice.sender}
    .reference=${notice.reference ?? ''}
    .retry=${notice.retry}
    .messages=${messages}
    >${more}</sky-notice
  >`;
}
