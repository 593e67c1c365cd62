import type { SkySignErrorCode } from '@sky-sign/client';
import type { FieldKind } from '@sky-sign/protocol';
import type { EndedReason, SigningStep } from './store/state.js';

// Events that leave `<sky-sign>`. They are hints for the page: what truly happened, the server says.

/** What an event is about, as far as it is known: before the access code the server says nothing of the envelope. */
export interface SkySubject {
  readonly sessionId?: string | undefined;
  readonly envelopeId?: string | undefined;
  readonly recipientId?: string | undefined;
  readonly documentId?: string | undefined;
}

abstract class SkyEvent extends Event implements SkySubject {
  readonly sessionId: string | undefined;
  readonly envelopeId: string | undefined;
  readonly recipientId: string | undefined;
  readonly documentId: string | undefined;
  /** When it happened, by the clock of this device; ISO 8601. */
  readonly at: string;
  constructor(type: string, { sessionId, envelopeId, recipientId, documentId }: SkySubject, options: EventInit = {}) {
    super(type, { bubbles: true, composed: true, ...options });
    this.sessionId = sessionId;
    this.envelopeId = envelopeId;
    this.recipientId = recipientId;
    this.documentId = documentId;
    this.at = new Date().toISOString();
  }
}

/** The element is set up and knows its server. */
export class SkyReadyEvent extends SkyEvent {
  constructor(subject: SkySubject = {}) {
    super('sky-ready', subject);
  }
}

/** The first page of a document is on the screen. */
export class SkyLoadedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-loaded', subject);
  }
}

/** Another screen is shown. */
export class SkyStepChangeEvent extends SkyEvent {
  readonly step: SigningStep;
  readonly before: SigningStep;
  /** Why there is nothing to do any more, where `step` is `ended`. */
  readonly reason: EndedReason | undefined;
  constructor(subject: SkySubject, { step, before, reason }: { step: SigningStep; before: SigningStep; reason?: EndedReason | undefined }) {
    super('sky-step-change', subject);
    this.step = step;
    this.before = before;
    this.reason = reason;
  }
}

/** The access code was right, or none was asked: the envelope is open. From here on a page may clear the link from its address. */
export class SkyAuthenticatedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-authenticated', subject);
  }
}

/** The person has seen a document for the first time in this session. */
export class SkyViewedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-viewed', subject);
  }
}

/** The person filled in a field; `done` tells whether it may be handed in as it is. */
export class SkyChangeEvent extends SkyEvent {
  readonly fieldId: string;
  readonly kind: FieldKind;
  readonly done: boolean;
  constructor(subject: SkySubject, { fieldId, kind, done }: { fieldId: string; kind: FieldKind; done: boolean }) {
    super('sky-change', subject);
    this.fieldId = fieldId;
    this.kind = kind;
    this.done = done;
  }
}

/** The person placed a seal. */
export class SkyFieldSignedEvent extends SkyEvent {
  readonly fieldId: string;
  constructor(subject: SkySubject, fieldId: string) {
    super('sky-field-signed', subject);
    this.fieldId = fieldId;
  }
}

/** The person took a seal away again. */
export class SkyFieldClearedEvent extends SkyEvent {
  readonly fieldId: string;
  constructor(subject: SkySubject, fieldId: string) {
    super('sky-field-cleared', subject);
    this.fieldId = fieldId;
  }
}

/** The last button was pressed; `preventDefault()` keeps anything from being sent, and so does a promise that rejects. */
export class SkyBeforeCompleteEvent extends SkyEvent {
  readonly #waits: Promise<unknown>[] = [];
  constructor(subject: SkySubject) {
    super('sky-before-complete', subject, { cancelable: true });
  }

  /** Nothing is sent before this resolves. To be called while the event is being dispatched. */
  waitUntil(promise: Promise<unknown>): void {
    this.#waits.push(promise);
  }

  /** Resolves when all have; rejects where one does. */
  async settled(): Promise<void> {
    await Promise.all(this.#waits);
  }
}

/** This person's act is accepted by the server, which may still be sealing it. */
export class SkySignedEvent extends SkyEvent {
  readonly status: 'signed' | 'sealing';
  constructor(subject: SkySubject, status: 'signed' | 'sealing') {
    super('sky-signed', subject);
    this.status = status;
  }
}

/** Everybody has signed: this act was the last one, or that was found when the request was opened. */
export class SkyCompletedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-completed', subject);
  }
}

/** The person declined. */
export class SkyDeclinedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-declined', subject);
  }
}

/** The person handed the request to a colleague. */
export class SkyDelegatedEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-delegated', subject);
  }
}

/** The person goes on later; what was filled in is saved. */
export class SkyCancelEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-cancel', subject);
  }
}

/** The session or the request has run out of time. */
export class SkyExpiredEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-expired', subject);
  }
}

/** The person is done with the last screen and wants to leave it. */
export class SkyCloseEvent extends SkyEvent {
  constructor(subject: SkySubject) {
    super('sky-close', subject);
  }
}

/** Something went wrong; the person has been told. */
export class SkyErrorEvent extends SkyEvent {
  readonly code: SkySignErrorCode;
  /** For a log: technical, English. */
  readonly message: string;
  /** Trying the same again may help. */
  readonly retryable: boolean;
  /** HTTP status, where a server answered. */
  readonly status: number | undefined;
  constructor(subject: SkySubject, { code, message, retryable, status }: { code: SkySignErrorCode; message: string; retryable: boolean; status?: number | undefined }) {
    super('sky-error', subject);
    this.code = code;
    this.message = message;
    this.retryable = retryable;
    this.status = status;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'sky-ready': SkyReadyEvent;
    'sky-loaded': SkyLoadedEvent;
    'sky-step-change': SkyStepChangeEvent;
    'sky-authenticated': SkyAuthenticatedEvent;
    'sky-viewed': SkyViewedEvent;
    'sky-change': SkyChangeEvent;
    'sky-field-signed': SkyFieldSignedEvent;
    'sky-field-cleared': SkyFieldClearedEvent;
    'sky-before-complete': SkyBeforeCompleteEvent;
    'sky-signed': SkySignedEvent;
    'sky-completed': SkyCompletedEvent;
    'sky-declined': SkyDeclinedEvent;
    'sky-delegated': SkyDelegatedEvent;
    'sky-cancel': SkyCancelEvent;
    'sky-expired': SkyExpiredEvent;
    'sky-close': SkyCloseEvent;
    'sky-error': SkyErrorEvent;
  }
}
