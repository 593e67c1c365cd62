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
  /** Nobody signs after this person: the file is closed with a document timestamp. */
  readonly last: boolean;
}

/**
 * Step 2, for one document: sets the person's fields, signs, timestamps, adds validation data for everybody who has signed
 * here so far, and believes the result only when it validates.
 */
export async function signDocument(services: Services, { act, recipient, document, fills, last }: Signing): Promise<SignedDocument> {
  const base = await openRevision(services, { documentId: document.id, number: document.revision });
  const field = fromJson(recipient.signatureFields)[document.id];
  if (field === undefined) throw new Error(`Recipient ${recipient.id} has no signature field in document ${document.id}.`);
  const level = last ? 'B-LTA' : 'B-LT';
  const own = fills.filter(({ documentId }) => documentId === document.id);
  const seal = own.find(({ kind }) => kind === 'signature')?.appearance;
  const clock = (): Date => new Date(services.now());
  const { delta, timestampTime } = await signPdf(base, {
    signer: services.signer,
    hash: services.hash,
    field,
    ...(seal !== undefined && { appearance: { pdf: fromBase64(seal) } }),
    fills: own.filter(({ kind }) => kind !== 'signature').map(toFieldFill),
    reason: `${recipient.name} 様 ${recipient.email} が ${japaneseTime(act.at)} に承認しました`,
    location: '日本',
    at: clock(),
    timestamp: { request: services.timestamp, anchors: services.anchors, now: clock },
    longTerm: { level, network: services.status, anchors: services.anchors, now: clock, certificates: services.signer.chain ?? [], fields: await ownFields(services, document, act) },
  });
  compareClocks(services, timestampTime);
  const whole = concatSource(base, delta);
  await checkOwnOutput(services, { whole, field, level });
  const withValues = own.some(({ value, checked }) => value !== '' || checked);
  return { document, delta, sha256: await hashSource(services, whole), length: whole.length, withValues };
}

function toFieldFill({ kind, name, value, checked, appearance, each }: Fill): FieldFill {
  if (kind === 'checkbox') return { kind, name, checked };
  if (kind === 'radio') return { kind, name, value };
  const drawing = appearance === undefined ? undefined : { pdf: fromBase64(appearance) };
  if (kind !== 'text' && kind !== 'choice') return { kind: 'seal', name, appearance: drawing };
  const shown = each ? { each: each.map((pdf) => ({ pdf: fromBase64(pdf) })) } : drawing;
  return kind === 'text' ? { kind, name, value, appearance: shown } : { kind, name, values: value === '' ? [] : [value], appearance: shown };
}

/** Half a minute apart is worth a word; from five minutes on the engine refuses the timestamp, and nothing is sealed. */
const clockWarningMs = 30_000;

function compareClocks({ now, log }: Services, time: Date | undefined): void {
  const apartMs = time ? Math.abs(now() - time.getTime()) : 0;
  if (apartMs > clockWarningMs) log({ level: 'warn', event: 'clock_differs', apartMs });
}

/** 2021-10-07 09:25:23 +09:00 JST */
export function japaneseTime(at: number): string {
  const shifted = new Date(at + 9 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} +09:00 JST`;
}

/** Signature fields of this server's own people: what others had signed before the upload may lead to no anchor of ours. */
async function ownFields({ store }: Services, { id }: DocumentRow, { envelopeId }: ActRow): Promise<string[]> {
  const recipients = await store.tables.recipients.find({ envelopeId });
  return recipients.flatMap(({ signatureFields }) => fromJson(signatureFields)[id] ?? []);
}

interface OwnOutput {
  readonly whole: ByteSource;
  readonly field: string;
  readonly level: 'B-LT' | 'B-LTA';
}

/** Ours must be whole, lead to our anchor and last as promised, with the newest timestamp over everything; every earlier signature must still hold. */
async function checkOwnOutput({ anchors, hash, crypto, now }: Services, { whole, field, level }: OwnOutput): Promise<void> {
  const { signatures } = await validatePdf(whole, { anchors, hash, crypto, at: new Date(now()) });
  const own = signatures.find((each) => each.field === field);
  const closing = signatures.at(-1);
  const closed = level === 'B-LT' || (closing?.kind === 'timestamp' && closing.trusted && closing.coverage === 'ENTIRE_FILE');
  const good = own?.integrity && own.trusted && own.level === level && own.problems.length === 0;
  if (good && closed && signatures.every(({ integrity }) => integrity)) return;
  const problems = signatures.flatMap((each) => each.problems);
  throw new Error(`Our own output does not validate: ${problems.join(', ') || JSON.stringify({ field, coverage: own?.coverage, level: own?.level, trusted: own?.trusted, closed })}`);
}
