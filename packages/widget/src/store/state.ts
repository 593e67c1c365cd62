import type { SkySignErrorCode } from '@sky-sign/client';
import type { EndedState, FieldReason, Locale, RecipientProgress, Seal, SenderContact, SessionIntro, SigningSession } from '@sky-sign/protocol';

/** How far a document's bytes are here, and what they hash to once all are. */
export interface ShownDocument {
  /** Bytes that are here. */
  readonly loaded: number;
  readonly sha256: string | undefined;
  /** The person has had it on the screen. */
  readonly viewed: boolean;
  readonly failed: SkySignErrorCode | undefined;
}

/** What went wrong. */
export interface Failure {
  readonly code: SkySignErrorCode;
  /** For a log: technical, English. */
  readonly message: string;
  /** Trying the same again may help. */
  readonly retryable: boolean;
  /** HTTP status, where a server answered. */
  readonly status: number | undefined;
}

/** What a person may do with the request instead of signing it. */
export type OtherAct = 'decline' | 'delegate';

/** Something to tell the person above the page, until the next act; what became of an act that has a dialog, in that dialog. */
export type Notice =
  | { readonly kind: 'document-changed'; readonly documents: readonly string[] }
  | { readonly kind: 'not-opened'; readonly documentId: string }
  /** Nothing was done for so long that the session will end. */
  | { readonly kind: 'expiring' }
  /** The person has acted in another window: what was filled in here was not used. */
  | { readonly kind: 'done-elsewhere' }
  | ({ readonly kind: 'error'; readonly act?: OtherAct } & Failure);

/** What the person has open and has filled in. */
export interface Work {
  readonly session: SigningSession;
  readonly values: ReadonlyMap<string, string | boolean>;
  readonly seals: ReadonlyMap<string, Seal>;
  readonly shown: ReadonlyMap<string, ShownDocument>;
  /** Why a field may not be handed in as it is; only for fields that the person has left or tried to hand in. */
  readonly problems: ReadonlyMap<string, FieldReason>;
  readonly documentId: string;
  /** The field that is being worked on. */
  readonly current: string | undefined;
  readonly saving: 'idle' | 'saving' | 'failed';
  /** Why the last save did not work; kept until one does. */
  readonly saveError: Failure | undefined;
  /** ISO 8601. */
  readonly savedAt: string | undefined;
  readonly notice: Notice | undefined;
  /** Under way: declining or handing on. */
  readonly acting?: OtherAct | undefined;
}

export interface AccessCodeError extends Failure {
  readonly triesLeft: number | undefined;
}

export type CompletingPhase = 'sending' | 'signing' | 'checking';

/** Why nothing can be done here: what the server says, and `unknown` link, `session` over, `paused` by the person. */
export type EndedReason = EndedState | 'unknown' | 'session' | 'superseded' | 'paused';

/** Where the journey stands. */
export type SigningState =
  | { readonly step: 'opening' }
  | { readonly step: 'access-code'; readonly intro: SessionIntro; readonly busy: boolean; readonly error: AccessCodeError | undefined }
  | { readonly step: 'choosing-signer'; readonly session: SigningSession; readonly error: Failure | undefined; readonly acting?: OtherAct | undefined }
  | { readonly step: 'reviewing'; readonly work: Work }
  /** `asked`: the last button was pressed, and the page is asked whether it may go on. A press is good only for the confirmation that it was made in. */
  | { readonly step: 'confirming'; readonly work: Work; readonly error: Failure | 'still-loading' | undefined; readonly asked?: symbol | undefined }
  | { readonly step: 'completing'; readonly work: Work; readonly phase: CompletingPhase }
  | { readonly step: 'sealing'; readonly session: SigningSession }
  | { readonly step: 'completed'; readonly session: SigningSession; readonly viewing: boolean; readonly notice?: Notice | undefined }
  | { readonly step: 'waiting'; readonly recipients: readonly RecipientProgress[]; readonly sender: SenderContact | undefined }
  /** This person has declined; where somebody else did, or it was long ago, the request has `ended`. */
  | { readonly step: 'declined'; readonly sender: SenderContact | undefined; readonly approving: boolean }
  | { readonly step: 'delegated'; readonly sender: SenderContact | undefined }
  | { readonly step: 'ended'; readonly reason: EndedReason; readonly sender: SenderContact | undefined; readonly approving?: boolean }
  | { readonly step: 'locked'; readonly sender: SenderContact | undefined; readonly reference: string | undefined }
  | ({ readonly step: 'failed' } & Failure);

export type SigningStep = SigningState['step'];

/** The work that is on the screen behind a dialog, too. */
export function workOf(state: SigningState): Work | undefined {
  return 'work' in state ? state.work : undefined;
}

/** The open envelope, in whatever step. */
export function sessionOf(state: SigningState): SigningSession | undefined {
  return 'session' in state ? state.session : workOf(state)?.session;
}

/** Whether the state shows something of the envelope itself. */
export function isOpen(state: SigningState): state is OpenState | (SigningState & { step: 'waiting' }) {
  return 'work' in state || state.step === 'choosing-signer' || state.step === 'completed' || (state.step === 'waiting' && state.recipients.length > 0);
}

/** The steps in which there are documents to see, or to see soon. */
export type OpenState = SigningState & { step: 'choosing-signer' | 'reviewing' | 'confirming' | 'completing' | 'completed' };

/** The language that the server knows for this person, once it has said so. */
export function localeOf(state: SigningState): Locale | undefined {
  if (state.step === 'access-code') return state.intro.locale;
  return sessionOf(state)?.recipient.locale;
}
