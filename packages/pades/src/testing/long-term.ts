import { createTestNetwork, createTestPki, type TestIdentity, type TestNetwork, type TestPki } from '@sky-sign/testkit';
import { bytesSource } from '../byte-source.js';
import { readCertificate, type Certificate } from '../cms/certificate.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { augmentPdf, type AugmentOptions } from '../ltv/augment-pdf.js';
import { signPdf, type SignOptions } from '../sign/sign-pdf.js';
import type { PdfReport } from '../validate/report.js';
import { validatePdf } from '../validate/validate-pdf.js';
import { hash } from './envelope.js';
import { samplePdf } from './sample-pdf.js';

const { crypto } = globalThis;

/** An authority whose certificates say where their status is found, and what answers there. */
export interface World {
  readonly pki: TestPki;
  readonly network: TestNetwork;
  readonly tsa: TestIdentity;
  readonly signer: TestIdentity;
  certificates(): { readonly signer: Certificate; readonly issuing: Certificate; readonly root: Certificate };
}

export interface WorldOptions {
  /** Who answers OCSP for the issuing authority; a delegate that needs no check by default. */
  readonly responder?: 'ocsp' | 'ocsp-checked' | 'issuer';
}

export async function createWorld({ responder = 'ocsp' }: WorldOptions = {}): Promise<World> {
  const pki = await createTestPki({ crypto, baseUrl: 'http://pki.example' });
  const tsa = await pki.issue({ commonName: 'TSA', usage: 'tsa' });
  const delegate = responder === 'issuer' ? {} : { responder: await pki.issue({ commonName: 'OCSP', usage: responder }) };
  const signer = await pki.issue({ commonName: '山田 太郎', usage: 'signer' });
  return {
    pki,
    network: createTestNetwork({ crypto, pki, tsa, ...delegate }),
    tsa,
    signer,
    certificates: () => ({ signer: readCertificate(signer.certificate), issuing: readCertificate(pki.issuing.certificate), root: readCertificate(pki.root.certificate) }),
  };
}

/** A page with as many signature fields as people sign: seal1, seal2, … */
export async function withFields(count: number, objectStreams = false): Promise<Uint8Array<ArrayBuffer>> {
  const base = await samplePdf({ pages: 1, objectStreams });
  const fields = Array.from({ length: count }, (_, i) => ({ kind: 'signature', name: `seal${i + 1}`, page: 1, rect: [50 + i * 80, 50, 110 + i * 80, 110], lock: { fields: [`seal${i + 1}`] } }) as const);
  return joinBytes([base, await preparePdf(bytesSource(base), { fields })]);
}

/** Signed at B-T, or as the options say. */
export async function signIn({ network, signer }: World, bytes: Uint8Array, { stamped = true, ...options }: Partial<SignOptions> & Pick<SignOptions, 'field'> & { readonly stamped?: boolean }): Promise<Uint8Array<ArrayBuffer>> {
  const { delta } = await signPdf(bytesSource(bytes), { signer: { crypto, ...signer }, hash, at: new Date(), ...(stamped && { timestamp: { request: network.timestamp } }), ...options });
  return joinBytes([bytes, delta]);
}

export async function augmented({ network, pki }: World, bytes: Uint8Array, options: Partial<AugmentOptions> & Pick<AugmentOptions, 'level'>): Promise<Uint8Array<ArrayBuffer>> {
  const defaults = { crypto, hash, network, anchors: [pki.root.certificate], timestamp: { request: network.timestamp } };
  return joinBytes([bytes, await augmentPdf(bytesSource(bytes), { ...defaults, ...options })]);
}

export function validateIn({ pki }: World, bytes: Uint8Array): Promise<PdfReport> {
  return validatePdf(bytesSource(bytes), { anchors: [pki.root.certificate], hash, crypto });
}
