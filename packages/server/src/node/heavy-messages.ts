import type { CertificateFacts } from '../certificate/certificate-facts.js';
import type { SealBox } from '../drawings/draw-seal.js';
import type { TextBox } from '../drawings/draw-text.js';
import type { IntakeOptions } from '../intake/inspect-upload.js';

/** What a thread is asked to do. */
export type Job =
  | { readonly kind: 'inspect'; readonly length: number; readonly options: IntakeOptions }
  | { readonly kind: 'drawText'; readonly box: TextBox }
  | { readonly kind: 'drawSeal'; readonly box: SealBox }
  | { readonly kind: 'drawStamp'; readonly certificateId: string }
  | { readonly kind: 'drawCertificate'; readonly facts: CertificateFacts };

export type Order = Job | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type Answer =
  /** The first thing that a thread says: now its time counts. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly offset: number; readonly length: number }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string };
