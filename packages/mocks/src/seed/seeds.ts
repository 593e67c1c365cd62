import type { EnvelopeInput } from '@sky-sign/protocol';
import { PDFDocument } from 'pdf-lib';
import { demoAccessCode, demoEnvelope } from './demo-envelope.js';
import { demoForm, demoFormEnvelope } from './demo-form.js';
import { demoDocuments, places } from './documents.js';
import type { DemoDocument } from './documents.js';

/**
 * `contract` is the demo; `form` a PDF with fields of its own; `open` one document without access code and choice; `approval`
 * goes to an approver first, who has to open both documents; `together` to two signers at once; `attached` carries a file inside.
 */
export const seedNames = ['contract', 'form', 'open', 'approval', 'together', 'attached'] as const;
export type SeedName = (typeof seedNames)[number];

export interface Seed {
  documents(): Promise<readonly SeedDocument[]>;
  /** For the uploaded documents, in their order. */
  envelope(ids: readonly string[]): EnvelopeInput;
}

export interface SeedDocument extends DemoDocument {
  /** There are files inside, which the upload has to allow. */
  readonly attachments?: boolean;
}

/** Envelopes for every kind of screen; each document is set once. */
export function makeSeeds(font: () => Promise<Uint8Array>): Readonly<Record<SeedName, Seed>> {
  const demo = once(async () => demoDocuments(await font()));
  const form = once(async () => [await demoForm(await font())]);
  const attached = once(async () => [(await demo())[0], await withFile((await demo())[1])]);
  const contract = async (): Promise<readonly DemoDocument[]> => [(await demo())[0]];
  return {
    contract: { documents: demo, envelope: ([first = '', second = '']) => demoEnvelope([first, second]) },
    form: { documents: form, envelope: ([first = '']) => demoFormEnvelope(first) },
    open: { documents: contract, envelope: ([id = '']) => ({ ...plain(id), recipients: [{ ...signer, fields: [sealField] }] }) },
    approval: { documents: demo, envelope: approval },
    together: { documents: contract, envelope: ([id = '']) => ({ ...plain(id), recipients: [{ ...signer, fields: [sealField] }, { ...city, fields: [citySealField, remarksField] }] }) },
    attached: { documents: attached, envelope: withAttachment },
  };
}

const signer = { name: '山田 太郎', organization: '株式会社山田建設', email: 'yamada@yamada-kensetsu.example' } as const;
const city = { name: '契約担当', organization: '青葉市', email: 'keiyaku@city.aoba.example' } as const;

type FieldInput = NonNullable<EnvelopeInput['recipients'][number]['fields']>[number];
const onContract = { document: 0, page: 3 } as const;
const sealField: FieldInput = { ...onContract, kind: 'signature', rect: [...places.contractorSeal], label: '受注者の印' };
const citySealField: FieldInput = { ...onContract, kind: 'signature', rect: [...places.citySeal], label: '発注者の印' };
const remarksField: FieldInput = { ...onContract, kind: 'text', rect: [...places.remarks], label: '備考', required: false };

function plain(id: string): Omit<EnvelopeInput, 'recipients'> {
  const { title, sender } = demoEnvelope(['', '']);
  return { title, sender, documents: [{ id }], send: true };
}

/** An approver reads and approves; then the contractor's turn comes. */
function approval([first = '', second = '']: readonly string[]): EnvelopeInput {
  const envelope = { ...demoEnvelope([first, second]), documents: [{ id: first }, { id: second, mustView: true }] };
  const approver = { name: '田中 一郎', organization: '青葉市 財政部', email: 'tanaka@city.aoba.example', role: 'approver', order: 1, accessCode: demoAccessCode, accessCodeHint: '職員番号の下4桁です。' } as const;
  return { ...envelope, recipients: [approver, ...envelope.recipients.map((recipient, i) => ({ ...recipient, order: i + 2 }))] };
}

function withAttachment([first = '', second = '']: readonly string[]): EnvelopeInput {
  return { ...demoEnvelope([first, second]), documents: [{ id: first }, { id: second, mustView: true }] };
}

/** The document with a table in it, as spreadsheets are handed over. */
async function withFile({ name, bytes }: DemoDocument): Promise<SeedDocument> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  await document.attach(new TextEncoder().encode('項目,金額\r\n造成工事,48620000\r\n'), '内訳書.csv', { mimeType: 'text/csv', description: '内訳書' });
  return { name, bytes: await document.save({ useObjectStreams: false }), attachments: true };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
