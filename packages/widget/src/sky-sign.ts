import type { Locale } from '@sky-sign/protocol';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { announce, tellPage } from './announce.js';
import { fieldTitle } from './elements/field-title.js';
import { SkyBeforeCompleteEvent, SkyChangeEvent, SkyCloseEvent, SkyFieldSignedEvent, SkyLoadedEvent, SkyReadyEvent, SkyViewedEvent } from './events.js';
import { ja, loadFirstMessages, loadMessages, type FirstMessages, type Messages } from './messages/messages.js';
import { onRequest, requestNames } from './requests.js';
import type { SkyReview } from './review/sky-review.js';
import { saveFile } from './save-file.js';
import { noticeFor, renderNotice } from './screens.js';
import { skySignStyles } from './sky-sign.styles.js';
import { checklistOf } from './store/checklist.js';
import { createSigningStore, type SigningStore } from './store/signing-store.js';
import { localeOf, workOf, type SigningState } from './store/state.js';
import { tokens } from './styles/tokens.js';
import { base } from './styles/base.js';
import { isReload, Sight } from './trust.js';

const reviewParts =
  'header, title, sender, checklist, item, item-current, progress, tabs, tab, toolbar, pages, page, field, field-current, field-done, field-error, field-tag, bar, bar-message, button, button-primary, label, input, hint, error, banner, dialog, dialog-footer, sheet, seal-preview, pad';

/**
 * A person opens an envelope, reads its documents, fills in, seals and signs them, in the page.
 *
 * @summary The whole signing journey in one element.
 * @fires sky-ready sky-loaded sky-step-change sky-authenticated sky-viewed sky-change sky-field-signed sky-before-complete sky-signed sky-completed sky-declined sky-expired sky-close sky-error
 * @csspart header title sender checklist item progress tabs tab toolbar pages page field field-tag bar bar-message button button-primary button-text input label hint error banner steps dialog dialog-footer sheet seal-preview pad; states as second names: field-current field-done field-error item-current
 * @cssproperty --sky-height - Height of the element; 100dvh at most.
 * @cssproperty --sky-color-primary - and one for each other colour role.
 */
export class SkySign extends LitElement {
  static override styles = [base, tokens, skySignStyles];

  @query('sky-review') private readonly review!: SkyReview | null;
  @state() private signing: SigningState = { step: 'opening' };
  @state() private first: FirstMessages = ja;
  /** All words and all parts behind the access code, once they are loaded. */
  @state() private messages: Messages | undefined;
  @state() private refusal: 'untrusted' | 'not-shown' | undefined;
  @state() private polite = '';
  @state() private assertive = '';

  /** Origin of the sky-sign server; the page's own origin where it is absent. */
  @property() server = '';
  /** Link token or embed token; where it is absent, `getToken` is asked. */
  @property() token = '';
  /** `ja` or `en`; where it is absent, the recipient's language. */
  @property() override lang = '';
  /** `auto` follows the system. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Where PDF.js's files are served; ends in a slash. By default beside the element's own script. */
  @property({ attribute: 'assets-url' }) assetsUrl = '';
  /** Lets the page be framed by another site. Off, because such a site could lay something over the last button. */
  @property({ type: Boolean, attribute: 'allow-frame' }) allowFrame = false;
  /** Gives a fresh token: asked at the start, and when a session has ended. */
  @property({ attribute: false }) getToken: (() => Promise<string>) | undefined;

  #store: SigningStore = createSigningStore();
  #leave: (() => void) | undefined;
  #started = '';
  readonly #sight = new Sight(this);

  constructor() {
    super();
    for (const name of requestNames) this.addEventListener(`sky-request-${name}`, (event) => event.stopPropagation());
    this.#answer();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#onHide);
    document.addEventListener('visibilitychange', this.#onHide);
    this.signing = this.#store.state;
    this.#leave = this.#store.subscribe((next, before) => this.#onState(next, before));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#onHide);
    document.removeEventListener('visibilitychange', this.#onHide);
    void this.#store.flush();
    this.#leave?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const start = `${this.server}\n${this.token}`;
    if (this.#started !== start && (this.token || this.getToken || this.#started !== '')) {
      this.#started = start;
      void this.#start();
    }
    const { signing } = this;
    if (changed.has('getToken') && this.getToken && signing.step === 'failed' && signing.code === 'session_missing') void this.#start();
    if (changed.has('lang')) void this.#translate();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new SkyReadyEvent());
    if (document.readyState === 'complete') setTimeout(this.#startAnyway);
    else addEventListener('DOMContentLoaded', this.#startAnyway, { once: true });
  }

  protected override render(): TemplateResult {
    return html`${this.#renderScreen()}
      <div class="unseen" aria-live="polite">${this.polite}</div>
      <div class="unseen" role="alert">${this.assertive}</div>`;
  }

  #renderScreen(): TemplateResult {
    const { signing, first, messages } = this;
    if (signing.step === 'opening') return html`<div class="opening" role="status">${first.common.loading}</div>`;
    if (signing.step === 'access-code') {
      return html`<sky-access-code
        exportparts="label, input, hint, error, button, button-primary"
        .intro=${signing.intro}
        .busy=${signing.busy}
        .error=${signing.error}
        .messages=${first}
      ></sky-access-code>`;
    }
    const notice = noticeFor(signing, first);
    if (notice) return renderNotice(notice, first);
    if (!messages) return html`<div class="opening" role="status">${first.common.loading}</div>`;
    if (signing.step === 'completed' && !signing.viewing) {
      return html`<sky-completed exportparts="banner, steps, button, button-primary" .session=${signing.session} .messages=${messages}></sky-completed>`;
    }
    return html`<sky-review
      exportparts=${reviewParts}
      .signing=${signing}
      .bytesOf=${this.#store.bytesOf}
      .assetsUrl=${this.#assets()}
      .refusal=${this.refusal}
      .messages=${messages}
    ></sky-review>`;
  }

  /** Inner elements ask, the store does, and what leaves the element are public events. */
  #answer(): void {
    const store = this.#store;
    onRequest(this, 'retry', () => void this.#start());
    onRequest(this, 'enter-code', ({ code }) => void store.enterCode(code));
    onRequest(this, 'set-value', ({ fieldId, value }) => {
      store.setValue(fieldId, value);
      this.#tellChange(fieldId);
    });
    onRequest(this, 'leave-field', ({ fieldId }) => store.leaveField(fieldId));
    onRequest(this, 'choose-field', ({ fieldId }) => store.chooseField(fieldId));
    onRequest(this, 'open-field', ({ fieldId }) => store.chooseField(fieldId));
    onRequest(this, 'go-to-field', ({ fieldId }) => {
      store.chooseField(fieldId);
      this.review?.showField(fieldId);
    });
    onRequest(this, 'next-item', () => this.#show(store.nextItem()));
    onRequest(this, 'review', () => this.#show(workOf(store.state) && checklistOf(workOf(store.state)!).items[0]?.field.id));
    onRequest(this, 'neighbour-item', ({ step }) => this.#show(store.neighbourItem(step)));
    onRequest(this, 'choose-document', ({ documentId }) => store.chooseDocument(documentId));
    onRequest(this, 'painted', ({ documentId }) => this.#onPainted(documentId));
    onRequest(this, 'place-seal', ({ seal }) => this.#onSeal(seal));
    onRequest(this, 'complete', () => this.#onComplete());
    onRequest(this, 'dismiss', () => store.backToReview());
    onRequest(this, 'finish', ({ trusted }) => this.#onFinish(trusted));
    onRequest(this, 'download', ({ documentId }) => void this.#download(documentId));
    onRequest(this, 'decline', ({ reason }) => void store.decline(reason));
    onRequest(this, 'delegate', (to) => void store.delegate(to));
    onRequest(this, 'view', ({ viewing }) => store.view(viewing));
    onRequest(this, 'close', () => this.dispatchEvent(new SkyCloseEvent()));
  }

  /** Without token and `getToken` there may still be a session to resume; but the page's scripts get the time to set them. */
  readonly #startAnyway = (): void => {
    if (this.#started !== '') return;
    this.#started = `${this.server}\n${this.token}`;
    void this.#start();
  };

  async #start(): Promise<void> {
    const { server, token, getToken, allowFrame } = this;
    await this.#store.start({ server: server || undefined, token: token || undefined, getToken, reloaded: isReload(), framed: !allowFrame && this.#sight.foreignFrame });
  }

  async #translate(): Promise<void> {
    const wanted = this.lang.slice(0, 2) || localeOf(this.signing) || (document.documentElement.lang.slice(0, 2) === 'en' ? 'en' : 'ja');
    const locale: Locale = wanted === 'en' ? 'en' : 'ja';
    this.first = await loadFirstMessages(locale);
    if (!needsReview(this.signing) || this.messages?.lang === locale) return;
    const [messages] = await Promise.all([loadMessages(locale), import('./review/define.js')]);
    this.messages = messages;
  }

  #onState(next: SigningState, before: SigningState): void {
    this.signing = next;
    this.refusal = undefined;
    if (next.step !== before.step || (next.step === 'completed' && before.step === 'completed' && next.viewing !== before.viewing)) void this.#enter(next);
    tellPage(this, next, before);
    const said = this.messages ? announce(next, before, this.messages) : {};
    if (said.polite) this.polite = said.polite;
    if (said.assertive) this.assertive = said.assertive;
  }

  /** A new screen: the parts that it needs are loaded, and the focus goes to its heading. */
  async #enter(next: SigningState): Promise<void> {
    await this.#translate();
    if (next.step === 'confirming' || next.step === 'completing') return;
    await this.updateComplete;
    const screen = this.shadowRoot?.querySelector<LitElement>('sky-access-code, sky-notice, sky-completed, sky-review');
    await screen?.updateComplete;
    const holder = screen?.localName === 'sky-review' ? screen.shadowRoot?.querySelector<LitElement>('sky-header') : screen;
    await holder?.updateComplete;
    if (this.signing.step === next.step && this.#mayTakeFocus()) holder?.shadowRoot?.querySelector('h1')?.focus({ preventScroll: true });
  }

  /** Not from a page that is busy elsewhere. */
  #mayTakeFocus(): boolean {
    const { activeElement } = document;
    return activeElement === null || activeElement === document.body || activeElement === this;
  }

  #show(fieldId: string | undefined): void {
    if (fieldId === undefined) return;
    this.#store.chooseField(fieldId);
    this.review?.showField(fieldId);
  }

  #onPainted(documentId: string): void {
    const { state } = this.#store;
    const first = workOf(state)?.shown.get(documentId)?.viewed === false;
    this.#store.documentPainted(documentId);
    if (!first) return;
    this.dispatchEvent(new SkyLoadedEvent(documentId));
    this.dispatchEvent(new SkyViewedEvent(documentId));
  }

  #onSeal(seal: Parameters<SigningStore['placeSeal']>[0]): void {
    this.#store.placeSeal(seal);
    const work = workOf(this.#store.state);
    const list = work && checklistOf(work);
    const item = list?.items.find(({ field }) => field.id === seal.fieldId);
    if (!list || !item || !this.messages) return;
    const left = list.required - list.requiredDone;
    const { live, bar, field } = this.messages;
    this.polite = live.sealed(fieldTitle(item, this.messages), field.seal(seal.kind), left ? bar.left(left) : bar.allDone);
    this.dispatchEvent(new SkyFieldSignedEvent(seal.fieldId));
    this.#tellChange(seal.fieldId);
    this.review?.showField(seal.fieldId);
  }

  #tellChange(fieldId: string): void {
    const work = workOf(this.#store.state);
    const item = work && checklistOf(work).items.find(({ field }) => field.id === fieldId);
    if (item) this.dispatchEvent(new SkyChangeEvent(fieldId, item.field.kind, item.done));
  }

  #onComplete(): void {
    this.#store.askCompletion();
    const { state } = this.#store;
    if (state.step === 'reviewing' && state.work.problems.size > 0) this.#show(state.work.current);
  }

  #onFinish(trusted: boolean): void {
    this.refusal = !trusted ? 'untrusted' : this.#sight.longEnough ? undefined : 'not-shown';
    const { state } = this.#store;
    if (this.refusal || state.step !== 'confirming') return;
    if (this.dispatchEvent(new SkyBeforeCompleteEvent(state.work.session.envelope.id))) void this.#store.complete();
  }

  async #download(documentId: string): Promise<void> {
    const { state } = this.#store;
    const session = 'session' in state ? state.session : workOf(state)?.session;
    const document = session?.documents.find(({ id }) => id === documentId);
    const bytes = document && this.#store.bytesOf(document);
    if (!bytes) return;
    try {
      saveFile(await bytes.whole(), document.name);
      this.#store.downloaded(documentId);
    } catch {
      this.#store.notice({ kind: 'error', code: 'network_failed' });
      this.assertive = this.first.errors.of('network_failed').title;
    }
  }

  #assets(): string {
    return new URL(this.assetsUrl || './pdfjs/', this.assetsUrl ? document.baseURI : import.meta.url).href;
  }

  readonly #onHide = (): void => {
    if (document.visibilityState === 'hidden') void this.#store.flush();
  };
}

/** Whether the state shows the envelope itself. */
function needsReview(state: SigningState): boolean {
  return 'work' in state || state.step === 'completed';
}
