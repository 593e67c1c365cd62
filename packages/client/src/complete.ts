import {
  canonicalJson,
  routes,
  sealsDigestInput,
  valuesDigestInput,
  type CompletionRequest,
  type CompletionResult,
  type ConsentRecord,
  type FieldValue,
  type Seal,
  type SigningSession,
} from '@sky-sign/protocol';
import { hex, sha256 } from './base64url.js';
import { callJson } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';
import { signDetached } from './dpop.js';
import { SkySignError } from './sky-sign-error.js';

export interface CompletionInput {
  readonly session: SigningSession;
  /** What was shown: hashes over the very bytes that the person saw. */
  readonly shown: ConsentRecord['documents'];
  readonly values: readonly FieldValue[];
  readonly seals: readonly Seal[];
}

/** A completion that is ready to go out; it may be sent any number of times and takes effect once. */
export interface PreparedCompletion {
  readonly idempotencyKey: string;
  readonly body: string;
}

/** Writes down what the person agreed to and signs it with the session's key. */
export async function prepareCompletion(connection: Connection, input: CompletionInput): Promise<PreparedCompletion> {
  const { session, shown } = input;
  const values = [...input.values];
  const seals = [...input.seals];
  if (!connection.keys) throw new SkySignError('session_missing', 'There is no session to complete.');
  const consent: ConsentRecord = {
    v: 1,
    envelopeId: session.envelope.id,
    recipientId: session.recipient.id,
    sessionId: session.sessionId,
    act: session.recipient.role === 'approver' ? 'approve' : 'sign',
    documents: shown,
    valuesSha256: hex(await sha256(valuesDigestInput(values))),
    sealsSha256: hex(await sha256(sealsDigestInput(seals))),
    consentText: { id: session.consent.id, sha256: session.consent.sha256, locale: session.consent.locale },
    clientTime: new Date().toISOString(),
  };
  const consentSignature = await signDetached(connection.keys, canonicalJson(consent));
  return {
    idempotencyKey: crypto.randomUUID(),
    body: JSON.stringify({ consent, consentSignature, values, seals } satisfies CompletionRequest),
  };
}

/** Hands everything in. After `network_failed` the same `completion` may be sent again, or the truth read with `getSession`. */
export async function complete(connection: Connection, completion: PreparedCompletion): Promise<CompletionResult> {
  return callJson<CompletionResult>(connection, {
    what: 'Completing',
    method: 'post',
    path: routes.completion(sessionIdOf(connection)),
    body: completion.body,
    headers: { 'idempotency-key': completion.idempotencyKey },
    auth: 'token',
    repeatable: true,
    timeout: 60_000,
  });
}
