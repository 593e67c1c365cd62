import type { SkySignErrorCode } from '@sky-sign/client';
import type { FieldKind } from '@sky-sign/protocol';
import type { SigningStep } from './store/state.js';

// Events that leave `<sky-sign>`. They are hints for the page: what truly happened, the server says.

abstract class SkyEvent extends Event {
  constructor(type: string, options: EventInit = {}) {
    super(type, { bubbles: true, composed: true, ...options });
  }
}

/** The element is set up and knows its server. */
export class SkyReadyEvent extends SkyEvent {
  constructor() {
    super('sky-ready');
  }
}

/** The first page of a document is on the screen. */
export class SkyLoadedEvent extends SkyEvent {
  readonly documentId: string;
  constructor(documentId: string) {
    super('sky-loaded');
    this.documentId = documentId;
  }
}

/** Another screen is shown. */
export class SkyStepChangeEvent extends SkyEvent {
  readonly step: SigningStep;
  readonly before: SigningStep;
  constructor(step: SigningStep, before: SigningStep) {
    super('sky-step-change');
    this.step = step;
    this.before = before;
  }
}

/** The access code was right, or none was asked: the envelope is open. From here on a page may clear the link from its address. */
export class SkyAuthenticatedEvent extends SkyEvent {
  readonly envelopeId: string;
  constructor(envelopeId: string) {
    super('sky-authenticated');
    this.envelopeId = envelopeId;
  }
}

/** The person has seen a document for the first time in this session. */
export class SkyViewedEvent extends SkyEvent {
  readonly documentId: string;
  constructor(documentId: string) {
    super('sky-viewed');
    this.documentId = documentId;
  }
}

/** The person filled in a field; `done` tells whether it may be handed in as it is. */
export class SkyChangeEvent extends SkyEvent {
  readonly fieldId: string;
  readonly kind: FieldKind;
  readonly done: boolean;
  constructor(fieldId: string, kind: FieldKind, done: boolean) {
    super('sky-change');
    this.fieldId = fieldId;
    this.kind = kind;
    this.done = done;
  }
}

/** The person placed a seal. */
export class SkyFieldSignedEvent extends SkyEvent {
  readonly fieldId: string;
  constructor(fieldId: string) {
    super('sky-field-signed');
    this.fieldId = fieldId;
  }
}

/** The last button was pressed; `preventDefault()` keeps anything from being sent. */
export class SkyBeforeCompleteEvent extends SkyEvent {
  readonly envelopeId: string;
  constructor(envelopeId: string) {
    super('sky-before-complete', { cancelable: true });
    this.envelopeId = envelopeId;
  }
}

/** The server has accepted the act; it may still be sealing. */
export class SkySignedEvent extends SkyEvent {
  readonly envelopeId: string;
  readonly status: 'signed' | 'sealing';
  constructor(envelopeId: string, status: 'signed' | 'sealing') {
    super('sky-signed');
    this.envelopeId = envelopeId;
    this.status = status;
  }
}

/** The person’s signatures are in the documents. */
export class SkyCompletedEvent extends SkyEvent {
  readonly envelopeId: string;
  constructor(envelopeId: string) {
    super('sky-completed');
    this.envelopeId = envelopeId;
  }
}

/** The person declined. */
export class SkyDeclinedEvent extends SkyEvent {
  constructor() {
    super('sky-declined');
  }
}

/** The session or the request has run out of time. */
export class SkyExpiredEvent extends SkyEvent {
  constructor() {
    super('sky-expired');
  }
}

/** The person is done with the last screen and wants to leave it. */
export class SkyCloseEvent extends SkyEvent {
  constructor() {
    super('sky-close');
  }
}

/** Something went wrong; the person has been told. */
export class SkyErrorEvent extends SkyEvent {
  readonly code: SkySignErrorCode;
  constructor(code: SkySignErrorCode) {
    super('sky-error');
    this.code = code;
  }
}

declare global {
  interface HTMLElementEventMap {
    'sky-ready': SkyReadyEvent;
    'sky-loaded': SkyLoadedEvent;
    'sky-step-change': SkyStepChangeEvent;
    'sky-authenticated': SkyAuthenticatedEvent;
    'sky-viewed': SkyViewedEvent;
    'sky-change': SkyChangeEvent;
    'sky-field-signed': SkyFieldSignedEvent;
    'sky-before-complete': SkyBeforeCompleteEvent;
    'sky-signed': SkySignedEvent;
    'sky-completed': SkyCompletedEvent;
    'sky-declined': SkyDeclinedEvent;
    'sky-expired': SkyExpiredEvent;
    'sky-close': SkyCloseEvent;
    'sky-error': SkyErrorEvent;
  }
}
