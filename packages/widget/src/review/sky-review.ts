import type { SessionDocument, SigningSession } from '@sky-sign/protocol';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DocumentBytes } from '../documents/document-bytes.js';
import { noticeStyles, renderNoticeBanner } from '../elements/notice-banner.js';
import type { SkyPages } from '../elements/sky-pages.js';
import { fieldTitle } from '../elements/field-title.js';
import type { SkyToolbar } from '../elements/sky-toolbar.js';
import type { Messages } from '../messages/messages.js';
import { onRequest, request, type Requests } from '../requests.js';
import { checklistOf, type Checklist, type ChecklistItem } from '../store/checklist.js';
import { shownPaperSize, type PaperSize } from '../seal/fit-seal.js';
import type { SealMemory } from '../seal/seal-memory.js';
import type { SigningState, Work } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { reviewStyles } from './sky-review.styles.js';

type Shown = SigningState & { step: 'reviewing' | 'confirming' | 'completing' | 'completed' };
/** Why a press on the last button did not count: not a person's, the page had only just come into sight, or the host held it back. */
export type Refusal = 'untrusted' | 'not-shown' | 'host';
type Sheet = 'about' | 'list' | 'pages' | 'field' | 'seal' | 'decline' | 'delegate';

const pageParts = 'pages, page, field, field-current, field-done, field-error, field-tag, input, hint, button, button-primary, button-text';

/**
 * @summary Read, fill, seal, complete: everything between the access code and the end.
 * @csspart header title sender checklist item item-current progress tabs tab toolbar pages page field field-tag bar bar-message banner dialog sheet
 */
export class SkyReview extends LitElement {
  static override styles = [base, button, noticeStyles, reviewStyles];

  @query('sky-pages') private readonly pagesElement!: SkyPages | null;
  @query('sky-toolbar') private readonly toolbar!: SkyToolbar | null;
  @state() private page = 1;
  @state() private pages = 0;
  @state() private zoom: number | 'fit' | 'page' | 'auto' = 'auto';
  @state() private shownZoom = 1;
  @state() private found: Requests['found'] | undefined;
  @state() private sheet: Sheet | undefined;
  /** Which document is looked at once nothing can be filled in any more. */
  @state() private viewedId = '';
  /** Size of the field that a seal is made for; none until all is there to make it with. */
  @state() private sealField: PaperSize | undefined;

  @property({ attribute: false }) signing: Shown | undefined;
  /** Gives the bytes of a document. */
  @property({ attribute: false }) bytesOf: ((document: SessionDocument) => DocumentBytes | undefined) | undefined;
  @property() assetsUrl = '';
  /** Why the last press on the final button did not count. */
  @property({ attribute: false }) refusal: Refusal | undefined;
  @property({ attribute: false }) messages!: Messages;

  #goal: string | undefined;
  readonly #sealMemory: SealMemory = {};

  constructor() {
    super();
    onRequest(this, 'page', ({ page }) => {
      if (this.sheet === 'pages') this.sheet = undefined;
      void this.pagesElement?.showPage(page);
    });
    onRequest(this, 'page-shown', ({ page }) => (this.page = page));
    onRequest(this, 'page-count', ({ pages }) => (this.pages = pages));
    onRequest(this, 'zoom', ({ zoom }) => (this.zoom = zoom));
    onRequest(this, 'shown-zoom', ({ zoom }) => (this.shownZoom = zoom));
    onRequest(this, 'search', ({ text, step }) => void this.pagesElement?.search(text, step));
    onRequest(this, 'found', (found) => (this.found = found));
    onRequest(this, 'search-open', () => void this.toolbar?.openSearch());
    onRequest(this, 'open-about', () => (this.sheet = 'about'));
    onRequest(this, 'open-list', () => (this.sheet = 'list'));
    onRequest(this, 'open-pages', () => (this.sheet = 'pages'));
    onRequest(this, 'open-decline', () => (this.sheet = 'decline'));
    onRequest(this, 'open-delegate', () => (this.sheet = 'delegate'));
    onRequest(this, 'open-field', ({ fieldId }) => this.#openField(fieldId));
    onRequest(this, 'go-to-field', () => this.sheet === 'list' && (this.sheet = undefined));
    onRequest(this, 'place-seal', () => (this.sheet = undefined));
    onRequest(this, 'clear-field', () => (this.sheet = undefined));
    onRequest(this, 'choose-document', ({ documentId }) => this.signing?.step === 'completed' && (this.viewedId = documentId));
    onRequest(this, 'dismiss', () => (this.sheet = undefined));
  }

  /** A dialog lies over the pages. */
  get modal(): boolean {
    return this.sheet !== undefined;
  }

  /** Jumps to a field, in whatever document it is, and puts the focus there. */
  showField(fieldId: string): void {
    this.#goal = fieldId;
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('signing') as Shown | undefined;
    if (before && this.#documentId(before) !== this.#documentId(this.signing)) this.#leaveDocument();
    this.toggleAttribute('finished', !this.work);
  }

  protected override updated(): void {
    const goal = this.#goal;
    if (goal === undefined || this.work?.current !== goal) return;
    this.#goal = undefined;
    void this.#reveal(goal);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { signing } = this;
    if (!signing) return nothing;
    const session = 'work' in signing ? signing.work.session : signing.session;
    const work = this.work;
    const checklist = work ? checklistOf(work) : finishedList(session);
    return html`<sky-header
        exportparts="header, title, sender, button, button-text"
        .session=${session}
        .documentId=${this.#documentId(signing)}
        .finished=${!work}
        .shownZoom=${this.shownZoom}
        .messages=${this.messages}
        ><slot name="header"></slot
      ></sky-header>
      ${renderNoticeBanner('work' in signing ? signing.work.notice : signing.notice, { documents: session.documents, messages: this.messages })}
      ${work
        ? html`<div class="side"><sky-checklist exportparts="checklist, item, item-current, progress" .checklist=${checklist} .seals=${work.seals} .messages=${this.messages}></sky-checklist></div>`
        : nothing}
      ${this.#renderMain(session, checklist, work)}
      ${work
        ? html`<sky-bar exportparts="bar, bar-message, progress, button, button-primary, button-text" .checklist=${checklist} .work=${work} .messages=${this.messages}></sky-bar>`
        : html`<div class="closing"><button class="button line" part="button" @click=${() => request(this, 'view', { viewing: false })}>${this.messages.common.back}</button></div>`}
      ${this.sheet === 'pages' ? this.#renderPageList() : this.sheet === 'about' ? this.#renderAbout(session) : work ? this.#renderSheet(checklist, work) : nothing} ${this.#renderDialog(signing)}`;
  }

  #renderMain(session: SigningSession, checklist: Checklist, work: Work | undefined): TemplateResult {
    const documentId = this.#documentId(this.signing);
    const document = session.documents.find(({ id }) => id === documentId);
    return html`<div class="main">
      <sky-tabs
        exportparts="tabs, tab"
        .groups=${checklist.groups}
        .documentId=${documentId}
        .page=${this.page}
        .pages=${this.pages}
        .finished=${!work}
        .messages=${this.messages}
      ></sky-tabs>
      <sky-toolbar
        exportparts="toolbar, input, button"
        .page=${this.page}
        .pages=${this.pages}
        .zoom=${this.zoom === 'fit' || this.zoom === 'page' ? this.zoom : this.shownZoom}
        .shownZoom=${this.shownZoom}
        .found=${this.found}
        .messages=${this.messages}
      ></sky-toolbar>
      <sky-pages
        exportparts=${pageParts}
        .document=${document}
        .bytes=${document && this.bytesOf?.(document)}
        .assetsUrl=${this.assetsUrl}
        .zoom=${this.zoom}
        .items=${work ? checklist.items.filter(({ field }) => field.documentId === documentId) : []}
        .others=${work ? session.othersFields.filter((field) => field.documentId === documentId) : []}
        .work=${work}
        .messages=${this.messages}
      ></sky-pages>
    </div>`;
  }

  #renderSheet(checklist: Checklist, work: Work): TemplateResult | typeof nothing {
    const { messages } = this;
    const current = checklist.items.find((item) => item.current);
    const { notice } = work;
    const failure = notice?.kind === 'error' && notice.act === this.sheet ? notice : undefined;
    if (this.sheet === 'list') {
      return html`<sky-sheet exportparts="sheet" .heading=${messages.checklist.title} .messages=${messages}>
        <sky-checklist sheet exportparts="checklist, item, item-current, progress" .checklist=${checklist} .seals=${work.seals} .messages=${messages}></sky-checklist>
      </sky-sheet>`;
    }
    if (this.sheet === 'field' && current) return this.#renderFieldSheet(current, work);
    if (this.sheet === 'seal' && current && this.sealField) return this.#renderSeal(current, this.sealField, work);
    if (this.sheet === 'decline') {
      return html`<sky-decline exportparts="dialog, dialog-footer, label, input, hint, error, button, button-primary, button-text" .sender=${work.session.sender.name} .approving=${work.session.recipient.role === 'approver'} .failure=${failure} .busy=${work.acting === 'decline'} .messages=${messages}></sky-decline>`;
    }
    if (this.sheet === 'delegate') {
      return html`<sky-delegate exportparts="dialog, dialog-footer, label, input, error, button, button-primary, button-text" .failure=${failure} .busy=${work.acting === 'delegate'} .messages=${messages}></sky-delegate>`;
    }
    return nothing;
  }

  #renderPageList(): TemplateResult {
    const { messages } = this;
    return html`<sky-sheet exportparts="sheet" .heading=${messages.toolbar.pages} .messages=${messages}>
      <sky-page-list .pages=${this.pages} .page=${this.page} .pageOf=${this.pagesElement?.pageOf} .messages=${messages}></sky-page-list>
    </sky-sheet>`;
  }

  #renderAbout(session: SigningSession): TemplateResult {
    const { messages } = this;
    return html`<sky-sheet exportparts="sheet" .heading=${messages.header.about} .messages=${messages}>
      <sky-envelope-facts titled .session=${session} .messages=${messages}></sky-envelope-facts>
    </sky-sheet>`;
  }

  #renderFieldSheet(item: ChecklistItem, work: Work): TemplateResult {
    const { messages } = this;
    return html`<sky-sheet exportparts="sheet" .heading=${fieldTitle(item, messages)} .mark=${item.field.required ? messages.common.requiredMark : ''} .messages=${messages}>
      <sky-field-input
        exportparts="input, hint, error, button, button-primary, button-text"
        .item=${item}
        .value=${work.values.get(item.field.id)}
        .problem=${work.problems.get(item.field.id)}
        .messages=${messages}
      ></sky-field-input>
    </sky-sheet>`;
  }

  #renderSeal(item: ChecklistItem, field: PaperSize, work: Work): TemplateResult {
    const last = work.seals.has(item.field.id) ? undefined : [...work.seals.values()].at(-1);
    return html`<sky-seal-dialog
      exportparts="dialog, dialog-footer, tab, label, input, hint, error, seal-preview, pad, button, button-primary, button-text"
      .item=${item}
      .field=${field}
      .recipient=${work.session.recipient}
      .last=${last}
      .memory=${this.#sealMemory}
      .limit=${work.session.limits.sealBytes}
      .messages=${this.messages}
    ></sky-seal-dialog>`;
  }

  #renderDialog(signing: Shown): TemplateResult | typeof nothing {
    if (signing.step === 'confirming') {
      return html`<sky-confirm
        exportparts="dialog, dialog-footer, button, button-primary, button-text, error"
        .work=${signing.work}
        .error=${signing.error}
        .asking=${signing.asked !== undefined}
        .refusal=${this.refusal}
        .messages=${this.messages}
        ><slot name="consent"></slot
      ></sky-confirm>`;
    }
    if (signing.step === 'completing') return html`<sky-completing exportparts="dialog, progress" .phase=${signing.phase} .approving=${signing.work.session.recipient.role === 'approver'} .messages=${this.messages}></sky-completing>`;
    return nothing;
  }

  private get work(): Work | undefined {
    return this.signing && 'work' in this.signing ? this.signing.work : undefined;
  }

  #documentId(signing: Shown | undefined): string {
    if (!signing) return '';
    if ('work' in signing) return signing.work.documentId;
    const known = signing.session.documents.some(({ id }) => id === this.viewedId);
    return known ? this.viewedId : (signing.session.documents[0]?.id ?? '');
  }

  #leaveDocument(): void {
    this.page = 1;
    this.pages = 0;
    this.found = undefined;
  }

  async #reveal(fieldId: string): Promise<void> {
    await this.updateComplete;
    const element = await this.pagesElement?.showField(fieldId);
    if (this.work?.current !== fieldId || !element) return;
    await element.updateComplete;
    if (element.needsSheet) this.sheet = 'field';
    else if (this.sheet === 'field') {
      this.sheet = undefined;
      await this.updateComplete;
      element.focus({ preventScroll: true });
    }
  }

  async #openField(fieldId: string): Promise<void> {
    const field = this.work?.session.fields.find(({ id }) => id === fieldId);
    if (!field) return;
    if (field.kind !== 'signature') {
      this.sheet = 'field';
      return;
    }
    this.sealField = undefined;
    this.sheet = 'seal';
    const page = this.pagesElement?.pageOf(field.page).catch(() => undefined);
    try {
      await import('../seal/define.js');
      this.sealField = shownPaperSize(field.rect, (await page)?.geometry);
    } catch {
      this.sheet = undefined;
      request(this, 'part-missing');
    }
  }
}

/** The documents alone, when nothing is left to do. */
function finishedList({ documents }: SigningSession): Checklist {
  return { groups: documents.map((document, index) => ({ document, number: index + 1, items: [], left: 0 })), items: [], required: 0, requiredDone: 0 };
}
