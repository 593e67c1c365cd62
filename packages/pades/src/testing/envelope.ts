import { createTestPki, createTsa, type TestIdentity, type TestPki } from '@sky-sign/testkit';
import { bytesSource } from '../byte-source.js';
import { preparePdf } from '../form/prepare-pdf.js';
import type { NewField } from '../form/new-field.js';
import { joinBytes, webCryptoHash } from '../hash.js';
import { signPdf, type SignOptions } from '../sign/sign-pdf.js';
import { validatePdf } from '../validate/validate-pdf.js';
import type { PdfReport } from '../validate/report.js';
import { samplePdf } from './sample-pdf.js';
import { sealDrawing, stampDrawing } from './seal-drawing.js';

const { crypto } = globalThis;
export const hash = webCryptoHash(crypto);

export interface Authorities {
  readonly pki: TestPki;
  readonly tsa: (request: Uint8Array) => Promise<Uint8Array>;
  readonly contractor: TestIdentity;
  readonly city: TestIdentity;
}

let made: Promise<Authorities> | undefined;

/** One authority, one timestamp authority, two signers; made once for all tests of a run. */
export function authorities(): Promise<Authorities> {
  made ??= (async () => {
    const pki = await createTestPki({ crypto });
    const tsa = createTsa({ crypto, ...(await pki.issue({ commonName: 'TSA', usage: 'tsa' })) });
    return { pki, tsa, contractor: await pki.issue({ commonName: '株式会社山田建設', usage: 'signer' }), city: await pki.issue({ commonName: '青葉市', usage: 'signer', keyType: 'P-384' }) };
  })();
  return made;
}

const CONTRACTORS = ['r1_seal1', 'r1_seal2', 'r1_name', 'r1_note', 'r1_agree'];

/** Every kind of field: five of the contractor, one of the city. */
export const FIELDS: readonly NewField[] = [
  { kind: 'signature', name: 'r1_seal1', page: 1, rect: [100, 100, 160, 160], lock: { fields: CONTRACTORS }, tooltip: '署名1' },
  { kind: 'seal', name: 'r1_seal2', page: 2, rect: [200, 100, 260, 160] },
  { kind: 'text', name: 'r1_name', page: 1, rect: [100, 200, 300, 220], fontSize: 11, required: true, maxLength: 40 },
  { kind: 'text', name: 'r1_note', page: 1, rect: [100, 230, 300, 250], fontSize: 11, multiline: true },
  { kind: 'checkbox', name: 'r1_agree', page: 1, rect: [100, 260, 114, 274] },
  { kind: 'signature', name: 'r2_seal1', page: 1, rect: [300, 100, 360, 160], lock: { fields: ['r2_seal1'] } },
];

export async function prepared(base?: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = base ?? (await samplePdf());
  return joinBytes([bytes, await preparePdf(bytesSource(bytes), { fields: FIELDS, stamp: await stampDrawing() })]);
}

/** The file after a signature, with whatever the test wants otherwise. */
export async function sign(bytes: Uint8Array, options: Partial<SignOptions>): Promise<Uint8Array<ArrayBuffer>> {
  const { tsa, contractor } = await authorities();
  const { delta } = await signPdf(bytesSource(bytes), { signer: { crypto, ...contractor }, hash, at: new Date(), timestamp: { request: tsa }, ...options });
  return joinBytes([bytes, delta]);
}

/** The contractor fills in, leaves a blank, and signs. */
export async function signedByContractor(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const seal = await sealDrawing();
  return sign(bytes, {
    field: 'r1_seal1',
    appearance: seal,
    reason: '契約の締結',
    fills: [
      { kind: 'text', name: 'r1_name', value: '株式会社髙﨑 𠮷田㈱', appearance: await stampDrawing('Takasaki') },
      { kind: 'text', name: 'r1_note', value: '', appearance: undefined },
      { kind: 'checkbox', name: 'r1_agree', checked: true },
      { kind: 'seal', name: 'r1_seal2', appearance: seal },
    ],
  });
}

export async function signedByCity(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { city } = await authorities();
  return sign(bytes, { field: 'r2_seal1', signer: { crypto, ...city }, appearance: await sealDrawing() });
}

export async function validate(bytes: Uint8Array, anchors?: readonly Uint8Array[]): Promise<PdfReport> {
  const { pki } = await authorities();
  return validatePdf(bytesSource(bytes), { anchors: anchors ?? [pki.root.certificate], hash, crypto });
}

/** The code of the PadesError that a promise ends in; undefined where it ends well. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
