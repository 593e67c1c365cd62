import { concatSource, signPdf, validatePdf } from '@sky-sign/pades';
import type { ByteSource, FieldFill } from '@sky-sign/pades';
import { hashSource, openRevision } from '../blobs/revisions.js';
import { fromBase64 } from '../bytes.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { ActRow, DocumentRow, RecipientRow } from '../store/rows.js';
import type { Fill } from './draw-fills.js';

export interface SignedDocument {
  readonly document: DocumentRow;
  readonly delta: Uint8Array;
  readonly sha256: string;
  readonly length: number;
  readonly withValues: boolean;
}

interface Signing {
  readonly act: ActRow;
  readonly recipient: RecipientRow;
  readonly document: DocumentRow;
  readonly fills: readonly Fill[];
}

/** Step 2, for one document: sets the person's fields, signs, timestamps, and believes the result only when it validates. */
export async function signDocument(services: Services, { act, recipient, document, fills }: Signing): Promise<SignedDocument> {
  const base = await openRevision(services, { documentId: document.id, number: document.revision });
  const field = fromJson(recipient.signatureFields)[document.id];
  if (field === undefined) throw new Error(`Recipient ${recipient.id} has no signature field in document ${document.id}.`);
  const own = fills.filter(({ documentId }) => documentId === document.id);
  const seal = own.find(({ kind }) => kind === 'signature')?.appearance;
  const { delta } = await signPdf(base, {
    signer: services.signer,
    hash: services.hash,
    field,
    ...(seal !== undefined && { appearance: { pdf: fromBase64(seal) } }),
    fills: own.filter(({ kind }) => kind !== 'signature').map(toFieldFill),
    reason: `${recipient.name} 様 ${recipient.email} が ${japaneseTime(act.at)} に承認しました`,
    location: '日本',
    at: new Date(services.now()),
    timestamp: { request: services.timestamp, anchors: services.anchors },
  });
  const whole = concatSource(base, delta);
  await checkOwnOutput(services, { whole, field });
  const withValues = own.some(({ value, checked }) => value !== '' || checked);
  return { document, delta, sha256: await hashSource(services, whole), length: whole.length, withValues };
}

function toFieldFill({ kind, name, value, checked, appearance }: Fill): FieldFill {
  if (kind === 'checkbox') return { kind, name, checked };
  const drawing = appearance === undefined ? undefined : { pdf: fromBase64(appearance) };
  return kind === 'text' ? { kind, name, value, appearance: drawing } : { kind: 'seal', name, appearance: drawing };
}

/** 2021-10-07 09:25:23 +09:00 JST */
export function japaneseTime(at: number): string {
  const shifted = new Date(at + 9 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} +09:00 JST`;
}

/** Ours must be last, cover everything, lead to our anchor and carry a timestamp; every earlier signature must still hold. */
async function checkOwnOutput({ anchors, hash, crypto, now }: Services, { whole, field }: { whole: ByteSource; field: string }): Promise<void> {
  const report = await validatePdf(whole, { anchors, hash, crypto, at: new Date(now()) });
  const last = report.signatures.at(-1);
  const good = last?.field === field && last.integrity && last.trusted && last.coverage === 'ENTIRE_FILE' && last.level === 'B-T' && last.problems.length === 0;
  const earlier = report.signatures.slice(0, -1).every(({ integrity }) => integrity);
  if (!good || !earlier) {
    const problems = [...report.signatures.flatMap((each) => each.problems)];
    throw new Error(`Our own output does not validate: ${problems.join(', ') || JSON.stringify({ field: last?.field, coverage: last?.coverage, level: last?.level, trusted: last?.trusted })}`);
  }
}
