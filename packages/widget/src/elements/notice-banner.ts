import type { SessionDocument } from '@sky-sign/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Notice } from '../store/state.js';
import { icon } from '../styles/icons.js';

interface Words {
  readonly title: string;
  readonly body: string;
  readonly tone: 'warning' | 'error';
}

/** Tells above the page, and aloud, what happened; what became of an act with a dialog of its own is told there. */
export function renderNoticeBanner(notice: Notice | undefined, { documents, messages }: { documents: readonly SessionDocument[]; messages: Messages }): TemplateResult | typeof nothing {
  if (!notice || (notice.kind === 'error' && notice.act)) return nothing;
  const { title, body, tone } = wordsOf(notice, documents, messages);
  return html`<div class="notice ${tone}" part="banner" role="alert">
    ${icon(tone === 'warning' ? 'info' : 'alert')}
    <p><b>${title}</b> ${body}</p>
    ${notice.kind === 'expiring' ? html`<button class="button line small" part="button" @click=${({ target }: Event) => request(target as Element, 'stay')}>${messages.ended.goOn}</button>` : nothing}
  </div>`;
}

function wordsOf(notice: Notice, documents: readonly SessionDocument[], { errors, bar, common, done }: Messages): Words {
  const nameOf = (wanted: string): string => {
    const index = documents.findIndex(({ id }) => id === wanted);
    return common.documentName(index + 1, documents[index]?.name ?? '');
  };
  switch (notice.kind) {
    case 'not-opened':
      return { title: '', body: bar.notOpened(nameOf(notice.documentId)), tone: 'warning' };
    case 'expiring':
      return { ...bar.expiring, tone: 'warning' };
    case 'done-elsewhere':
      return { ...done.elsewhere, tone: 'warning' };
    case 'document-changed': {
      const { title, body } = errors.of('document_changed');
      return { title: [title, ...notice.documents.map(nameOf)].join(common.separator), body, tone: 'warning' };
    }
    case 'error':
      return { ...errors.of(notice.code), tone: 'error' };
  }
}

export const noticeStyles = css`
  .notice {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 12px 24px;
    border-bottom: 1px solid var(--_line);
    border-inline-start: 6px solid var(--_tone);
    background: var(--_surface);
  }
  .notice.error {
    --_tone: var(--_error);
    color: inherit;
  }
  .notice.warning {
    --_tone: var(--_warning);
  }
  .notice svg {
    color: var(--_tone);
  }
  .notice b {
    color: var(--_strong);
  }
  .notice p {
    flex: 1;
    line-height: 1.6;
  }
  @container (width < 640px) {
    .notice {
      padding: 8px 16px;
    }
  }
`;
