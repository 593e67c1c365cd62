import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { SkyCloseEvent, SkyReadyEvent, type SkySubject } from './events.js';
import { chooseLanguage, ja, loadFirstMessages, loadMessages, type FirstMessages, type Messages, type SkyMessages } from './messages/messages.js';
import { languageAround } from './language-around.js';
import { LeaveGuard } from './leave-guard.js';
import { LoadAhead } from './load-ahead.js';
import { Place } from './place.js';
import { onRequest, requestNames } from './requests.js';
import type { Host } from './review/answer-requests.js';
import type * as EnvelopeParts from './review/envelope-parts.js';
import type { Refusal, SkyReview } from './review/sky-review.js';
import { noticeFor, renderNotice } from './screens.js';
import { skySignStyles } from './sky-sign.styles.js';
import { notLoaded } from './store/as-error.js';
import { createSigningStore, type SigningStore } from './store/signing-store.js';
import { isOpen, localeOf, workOf, type SigningState } from './store/state.js';
import { owesOutcome, subjectOf, tellPage } from './tell-page.js';
import { tokens } from './styles/tokens.js';
import { base } from './styles/base.js';
import { Sight } from './trust.js';

/**
 * A person opens an envelope, reads its documents, fills in, seals and signs them, in the page.
 *
 * @summary The whole signing journey in one element.
 * @fires sky-ready sky-loaded sky-step-change sky-authenticated sky-viewed sky-change sky-field-signed sky-field-cleared sky-before-complete sky-signed sky-completed sky-declined sky-delegated sky-cancel sky-expired sky-close sky-error
 * @slot header - Beside the title while the documents are shown; a mark of the portal, for example.
 * @slot intro - On the first screens, under the words about who has sent what.
 * @slot completed - On the last screen, above its buttons.
 * @slot consent - In the confirmation, above the words that are agreed to. It adds to them; what is agreed to is the server's.
 * @csspart header title sender checklist item progress tabs tab toolbar pages page field field-tag bar bar-message button button-primary button-text input label hint error banner steps dialog dialog-footer sheet seal-preview pad; states as second names: field-current field-done field-error item-current
 * @cssproperty --sky-height - Height of the element; 100dvh at most.
 * @cssproperty --sky-color-primary - and one for each other colour role.
 */
export class SkySign extends LitElement {
  static override styles = [base, tokens, skySignStyles];

  @query('sky-review') private readonly review!: SkyReview | null;
  @state() private signing: SigningState = { step: 'opening' };
  @state() private first: FirstMessages = ja;
  /** All words, and all parts behind the access code, once they are loaded. */
  @state() private words: Messages | undefined;
  @state() private parts: typeof EnvelopeParts | undefined;
  @state() private refusal: Refusal | undefined;
  @state() private polite = '';
  @state() private assertive = '';

  /** Origin of the sky-sign server; the page's own origin where it is absent. */
  @property() server = '';
  /** Link token or embed token; where it is absent, `getToken` is asked. */
  @property() token = '';
  /** `ja`, `en` or a language of `messages`; where it is absent, that of the nearest element around it, else the recipient's. */
  @property() override lang = '';
  /** `auto` follows the system. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Where PDF.js's files are served; ends in a slash. By default beside the element's own script. */
  @property({ attribute: 'assets-url' }) assetsUrl = '';
  /** Lets the page be framed by another site. Off, because such a site could lay something over the last button. */
  @property({ type: Boolean, attribute: 'allow-frame' }) allowFrame = false;
  /** Gives a fresh token: asked at the start, also after a reload, and when a session has ended. */
  @property({ attribute: false }) getToken: (() => Promise<string>) | undefined;
  /** The host's own words, by language. */
  @property({ attribute: false }) messages: SkyMessages | undefined;

  readonly #store: SigningStore = createSigningStore();
  readonly #sight = new Sight(this);
  readonly #place = new Place(this);
  readonly #leaving = new LeaveGuard(this, () => this.#store.envelope);
  readonly #ahead = new LoadAhead(this, { load: () => this.#loadAhead(), assets: () => this.#assets() });
  #leave: (() => void) | undefined;
  /** What the last start was given; `asked` where the page had a token for it, or a way to get one. */
  #started: { readonly server: string; readonly token: string; readonly asked: boolean } | undefined;
  #reloaded = false;
  #subject: SkySubject = {};
  /** The recipient's language, once the server has told it. */
  #locale: string | undefined;

  constructor() {
    super();
    for (const name of requestNames) this.addEventListener(`sky-request-${name}`, (event) => event.stopPropagation());
    onRequest(this, 'retry', () => void this.#start());
    onRequest(this, 'enter-code', ({ code }) => {
      void this.#store.enterCode(code);
      this.#ahead.now();
    });
    onRequest(this, 'close', () => this.dispatchEvent(new SkyCloseEvent(this.#subject)));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.signing = this.#store.state;
    this.#leave ??= this.#store.subscribe((next, before) => this.#onState(next, before));
    if (this.hasUpdated) void this.#translate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rest();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Whoever is just signing is told what came of it first; a way to get tokens that comes meanwhile is for later.
    if (!owesOutcome(this.signing)) {
      if (this.#isNewStart()) void this.#start();
    } else if (this.#started && this.getToken) this.#started = { ...this.#started, asked: true };
    if (changed.has('lang') || changed.has('messages')) void this.#translate();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new SkyReadyEvent());
    if (document.readyState === 'complete') setTimeout(this.#startAnyway);
    else for (const moment of ['DOMContentLoaded', 'load']) addEventListener(moment, this.#startAnyway, { once: true });
  }

  protected override render(): TemplateResult {
    return html`<div class="all" lang=${(this.words ?? this.first).lang}>${this.#renderScreen()}</div>
      <div class="unseen" aria-live="polite">${this.polite}</div>
      <div class="unseen" role="alert">${this.assertive}</div>`;
  }

  #renderScreen(): TemplateResult {
    const { signing, first, words } = this;
    if (signing.step === 'access-code') {
      return html`<sky-access-code
        exportparts="label, input, hint, error, button, button-primary"
        .intro=${signing.intro}
        .busy=${signing.busy}
        .error=${signing.error}
        .messages=${first}
        ><slot name="intro"></slot
      ></sky-access-code>`;
    }
    const notice = noticeFor(signing, first);
    if (notice) return renderNotice(notice, first, words && this.parts?.renderProgress(signing, words));
    if (!words || !this.parts || !isOpen(signing) || signing.step === 'waiting') return html`<div class="opening" role="status">${first.lang === this.#language() ? first.common.loading : nothing}</div>`;
    return this.parts.renderEnvelope(signing, { bytesOf: this.#store.envelope?.bytesOf, assetsUrl: this.#assets(), refusal: this.refusal, messages: words });
  }

  /** Without token and `getToken` there may still be a session to resume; but the page's scripts get the time to set them. */
  readonly #startAnyway = (): void => {
    if (!this.#started) void this.#start();
  };

  /** That a token is taken away ends nothing; a page that has its way to get one late is asked after all. */
  #isNewStart(): boolean {
    const { server, token, getToken } = this;
    const before = this.#started;
    if (before && (server !== before.server || (token !== '' && token !== before.token))) return true;
    return !before?.asked && (token !== '' || getToken !== undefined);
  }

  async #start(): Promise<void> {
    const { server, token, getToken, allowFrame } = this;
    const asked = token !== '' || getToken !== undefined;
    const started = { server, token: token || (this.#started?.token ?? ''), asked };
    this.#started = started;
    const { name: place } = this.#place;
    const reloaded = this.#reloaded || this.#place.reloaded();
    // The session of before is still the one meant when it could not be reached, and when nobody was asked.
    this.#reloaded = reloaded;
    await this.#store.start({ server: server || undefined, token: token || undefined, getToken, place, reloaded, framed: !allowFrame && this.#sight.foreignFrame });
    if (asked && this.#started === started && this.#store.state.step !== 'failed') this.#reloaded = false;
  }

  /** The words of the language that is wanted, and everything behind the access code once that is needed. */
  async #translate(): Promise<void> {
    const { messages, signing } = this;
    try {
      this.first = await loadFirstMessages(this.#language(), messages);
      if (!isOpen(signing)) return;
      const [words, parts] = await this.#behindCode();
      if (!this.parts) parts.answerRequests(this.#host());
      this.parts = parts;
      this.words = words;
    } catch (error) {
      // The words that are here serve; where there are none, there is nothing to show.
      if (!this.words && isOpen(this.signing)) this.#store.fail(notLoaded(error));
    }
  }

  #loadAhead(): Promise<unknown> {
    return Promise.all([this.#behindCode(), import('./store/envelope-store.js')]);
  }

  #behindCode(): Promise<[Messages, typeof EnvelopeParts]> {
    return Promise.all([loadMessages(this.#language(), this.messages), import('./review/envelope-parts.js')]);
  }

  #language(): string {
    return chooseLanguage([this.lang, languageAround(this), this.#locale], this.messages);
  }

  #onState(next: SigningState, before: SigningState): void {
    this.signing = next;
    this.#locale = localeOf(next) ?? this.#locale;
    const work = workOf(before) ? undefined : workOf(next);
    const document = work?.session.documents.find(({ id }) => id === work.documentId);
    if (document && this.#store.envelope) this.#ahead.open(this.#store.envelope.bytesOf(document));
    // What is going on in the background takes no words away from under the person's eyes.
    if (next.step !== before.step) this.refusal = undefined;
    this.#subject = subjectOf(next, this.#subject);
    if (next.step !== before.step || (next.step === 'completed' && before.step === 'completed' && next.viewing !== before.viewing)) void this.#enter(next);
    tellPage(this, next, before, this.#subject);
    this.#leaving.look();
    this.#rest();
  }

  /** Off the page nothing is heard any more, but for the end of a completion that is under way. */
  #rest(): void {
    if (this.isConnected || owesOutcome(this.#store.state)) return;
    this.#leave?.();
    this.#leave = undefined;
  }

  /** A new screen: the parts that it needs are loaded, and the focus goes to its heading, or the words of a message are said. */
  async #enter(next: SigningState): Promise<void> {
    this.polite = this.assertive = '';
    await this.#translate();
    if (next.step === 'confirming' || next.step === 'completing') return;
    await this.updateComplete;
    if (next.step === 'access-code') this.#ahead.whenIdle();
    const screen = this.shadowRoot?.querySelector<LitElement>('sky-access-code, sky-notice, sky-choose-signer, sky-completed, sky-review');
    await screen?.updateComplete;
    const holder = screen?.localName === 'sky-review' ? screen.shadowRoot?.querySelector<LitElement>('sky-header') : screen;
    await holder?.updateComplete;
    if (this.signing.step !== next.step || !holder?.shadowRoot) return;
    const [heading, body] = [holder.shadowRoot.querySelector('h1'), holder.shadowRoot.querySelector('#said')];
    if (this.#mayTakeFocus()) heading?.focus({ preventScroll: true });
    else if (heading && body) this.#say({ [next.step === 'failed' || next.step === 'locked' ? 'assertive' : 'polite']: `${heading.textContent} ${body.textContent}` });
  }

  /** Not from a page that is busy elsewhere. */
  #mayTakeFocus(): boolean {
    const { activeElement } = document;
    return activeElement === null || activeElement === document.body || activeElement === this;
  }

  #say({ polite, assertive }: { polite?: string; assertive?: string }): void {
    if (polite) this.polite = again(polite, this.polite);
    if (assertive) this.assertive = again(assertive, this.assertive);
  }

  /** What the requests of the parts are answered with. */
  #host(): Host {
    const [store, sight, review] = [this.#store, this.#sight, (): SkyReview | null => this.review];
    const [subject, words] = [(): SkySubject => this.#subject, (): Messages | undefined => this.words];
    return {
      element: this,
      say: (said) => this.#say(said),
      refuse: (refusal) => (this.refusal = refusal),
      get state() {
        return store.state;
      },
      get envelope() {
        return store.envelope;
      },
      get subject() {
        return subject();
      },
      get messages() {
        return words();
      },
      get review() {
        return review();
      },
      get longEnough() {
        return sight.longEnough;
      },
    };
  }

  #assets(): string {
    return new URL(this.assetsUrl || './pdfjs/', this.assetsUrl ? document.baseURI : import.meta.url).href;
  }
}

/** A live region speaks when it changes: the same words once more need a difference that is not heard. */
function again(words: string, before: string): string {
  return words === before ? `${words}\u00a0` : words;
}
