import { canonicalJson, sealsDigestInput, valuesDigestInput } from '@sky-sign/protocol';
import type { CompletionRequest, ConsentRecord } from '@sky-sign/protocol';
import { base64url, flattenedVerify } from 'jose';
import { sha256Hex } from '../bytes.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import type { Caller } from '../signing/describe-session.js';
import { consentFor } from '../texts/consent.js';

/** The record must be about this act, signed by this session's key, and its digests must fit what came with it. */
export async function checkConsent({ crypto }: Services, { session, recipient, envelope }: Caller, request: CompletionRequest): Promise<void> {
  const { consent, consentSignature, values, seals } = request;
  const text = await consentFor(crypto, recipient);
  const expected: Partial<ConsentRecord> = {
    envelopeId: envelope.id,
    recipientId: recipient.id,
    sessionId: session.id,
    act: recipient.role === 'approver' ? 'approve' : 'sign',
    valuesSha256: await sha256Hex(crypto, valuesDigestInput(values)),
    sealsSha256: await sha256Hex(crypto, sealsDigestInput(seals)),
  };
  for (const [name, value] of Object.entries(expected)) {
    if (consent[name as keyof ConsentRecord] !== value) throw invalid(`${name} does not fit this act`);
  }
  const { id, sha256, locale } = consent.consentText;
  if (id !== text.id || sha256 !== text.sha256 || locale !== text.locale) throw invalid('consentText is not the text that is asked here');
  await verifySignature(consentSignature, canonicalJson(consent), fromJson(session.jwk));
}

/** Detached JWS (RFC 7515, appendix F): the content is the canonical JSON of the record, never what the sender says it is. */
async function verifySignature(jws: string, content: Uint8Array, jwk: JsonWebKey): Promise<void> {
  const [header = '', payload, signature = '', ...rest] = jws.split('.');
  if (payload !== '' || rest.length > 0) throw invalid('the signature is not a detached JWS');
  try {
    await flattenedVerify({ protected: header, payload: base64url.encode(content), signature }, { ...jwk, kty: jwk.kty ?? '' }, { algorithms: ['ES256'] });
  } catch (cause) {
    throw invalid("the signature is not by this session's key over this record", cause);
  }
}

/**
 * Holds what the person says was displayed against what this session was served and against what will be signed. A newer
 * base is fine where all between are signatures of people in the same turn without values, or validation data.
 */
export async function checkDisplayed(tables: Tables, caller: Caller, consent: ConsentRecord): Promise<void> {
  const documents = await tables.documents.find({ envelopeId: caller.envelope.id });
  const claims = new Map(consent.documents.map((claim) => [claim.id, claim]));
  if (claims.size !== consent.documents.length || claims.size !== documents.length || documents.some(({ id }) => !claims.has(id))) {
    throw invalid('documents must name every document of the envelope once');
  }
  const changed: string[] = [];
  for (const document of documents) {
    const claim = claims.get(document.id);
    if (!claim || !(await wasDisplayed(tables, caller, { document, claim }))) changed.push(document.id);
  }
  if (changed.length > 0) {
    throw new ServerError('document_changed', 'These documents are no longer as they were displayed, or were not loaded to the end. Load them again and ask again.', { documents: changed });
  }
}

type Claim = ConsentRecord['documents'][number];

async function wasDisplayed(tables: Tables, { session, recipient }: Caller, { document, claim }: { document: DocumentRow; claim: Claim }): Promise<boolean> {
  const revisions = await tables.revisions.find({ documentId: document.id }, { orderBy: 'number' });
  const shown = revisions.find(({ number }) => number === claim.revision);
  if (!shown || shown.kind === 'upload' || shown.sha256 !== claim.sha256 || shown.length !== claim.length) return false;
  const [delivered] = await tables.deliveries.find({ sessionId: session.id, documentId: document.id, number: shown.number });
  if ((delivered?.bytes ?? 0) < shown.length) return false;
  const group = new Set((await tables.recipients.find({ envelopeId: recipient.envelopeId, signingOrder: recipient.signingOrder })).map(({ id }) => id));
  return revisions.filter(({ number }) => number > shown.number).every((revision) => isHarmless(revision, group));
}

function isHarmless({ kind, recipientId, withValues }: RevisionRow, group: ReadonlySet<string>): boolean {
  if (kind === 'ltv') return true;
  return kind === 'signature' && withValues === 0 && recipientId !== null && group.has(recipientId);
}

/** Documents that the sender wants opened before consent. */
export async function checkViewed(tables: Tables, { recipient, envelope }: Caller): Promise<void> {
  const wanted = await tables.documents.find({ envelopeId: envelope.id, mustView: 1 });
  const seen = new Set((await tables.views.find({ recipientId: recipient.id })).map(({ documentId }) => documentId));
  const unseen = wanted.filter(({ id }) => !seen.has(id)).map(({ id }) => id);
  if (unseen.length > 0) throw new ServerError('consent_invalid', 'The sender wants these documents opened first.', { documents: unseen });
}

function invalid(what: string, cause?: unknown): ServerError {
  return new ServerError('consent_invalid', `The consent record was not accepted: ${what}.`, { cause });
}
