import { canonicalJson } from '@sky-sign/protocol';
import type { CompletionRequest, CompletionResult } from '@sky-sign/protocol';
import { sha256Hex } from '../bytes.js';
import type { Client } from '../http/client.js';
import { runJob } from '../outbox/run.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { describeSession } from '../signing/describe-session.js';
import type { Caller } from '../signing/describe-session.js';
import type { ActRow } from '../store/rows.js';
import { acceptAct } from './accept-act.js';

/** How long to wait before looking again at what somebody else is doing. */
const lookAgainMs = 150;

interface Submission {
  readonly request: CompletionRequest;
  readonly idempotencyKey: string;
  readonly client: Client;
}

/**
 * The whole act in one call. Repeating it is harmless: an accepted act is only asked after, a finished one always answers
 * the same. What takes longer than the server's patience goes on without the person.
 */
export async function complete(services: Services, caller: Caller, submission: Submission): Promise<CompletionResult> {
  const until = services.now() + services.patienceMs;
  const bodyHash = await sha256Hex(services.crypto, canonicalJson(submission.request));
  for (;;) {
    const act = await actOf(services, caller);
    if (act) {
      if (act.state === 'sealing' && act.idempotencyKey === submission.idempotencyKey && act.bodyHash !== bodyHash) {
        throw new ServerError('idempotency_mismatch', 'This Idempotency-Key came with another body before.');
      }
      return waitFor(services, caller, { act, until });
    }
    const accepted = await acceptAct(services, caller, { ...submission, bodyHash });
    if (accepted === 'repeat') continue;
    if (accepted !== 'busy') return waitFor(services, caller, { ...accepted, until });
    if (services.now() > until) {
      throw new ServerError('service_unavailable', "Another person's signature is being finished. Try again in a moment.", { headers: { 'Retry-After': '5' } });
    }
    await pause(lookAgainMs);
  }
}

async function actOf({ store }: Services, { recipient }: Caller): Promise<ActRow | undefined> {
  const [act] = await store.tables.acts.find({ recipientId: recipient.id });
  return act;
}

async function waitFor(services: Services, caller: Caller, { act, jobId, until }: { act: ActRow; jobId?: string; until: number }): Promise<CompletionResult> {
  let open = act.state === 'sealing';
  while (open && services.now() < until) {
    const outcome = jobId === undefined ? 'busy' : await Promise.race([runJob(services, jobId), pause(until - services.now())]);
    open = (await actOf(services, caller))?.state === 'sealing';
    // A timestamp authority that is down says so at once: then the outbox tries again, not the person.
    if (outcome === 'failed') break;
    if (open && outcome === 'busy') await pause(lookAgainMs);
  }
  if (open) services.wake();
  const { tables } = services.store;
  const [session] = await tables.sessions.find({ id: caller.session.id });
  const [recipient] = await tables.recipients.find({ id: caller.recipient.id });
  const [envelope] = await tables.envelopes.find({ id: caller.envelope.id });
  if (!session || !recipient || !envelope) throw new Error('The act has lost its envelope.');
  const status = recipient.status === 'signed' ? 'signed' : 'sealing';
  return { status, session: await describeSession(services, tables, { session, recipient, envelope }) };
}

const pause = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined));
