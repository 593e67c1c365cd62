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
import { acceptAct, prepareAct } from './accept-act.js';
import type { PreparedAct } from './accept-act.js';

/** How long to wait before looking again at what somebody else is doing. */
const lookAgainMs = 150;

interface Submission {
  readonly request: CompletionRequest;
  readonly idempotencyKey: string;
  readonly client: Client;
}

/**
 * The whole act in one call. Repeating it is harmless: an accepted act is only asked after, a finished one always answers
 * the same. What takes longer than the server's patience goes on without the person. Where somebody else's entries are
 * being sealed, this waits for them, and then says that the document has changed.
 */
export async function complete(services: Services, caller: Caller, submission: Submission): Promise<CompletionResult> {
  // Not the clock on the wall, which may be put forward or back meanwhile.
  const until = performance.now() + services.patienceMs;
  const bodyHash = await sha256Hex(services.crypto, canonicalJson(submission.request));
  let prepared: PreparedAct | undefined;
  for (;;) {
    const act = await actOf(services, caller);
    if (act) {
      if (act.state === 'sealing' && act.idempotencyKey === submission.idempotencyKey && act.bodyHash !== bodyHash) {
        throw new ServerError('idempotency_mismatch', 'This Idempotency-Key came with another body before.');
      }
      return waitFor(services, caller, { act, until });
    }
    prepared ??= await prepareAct(services, caller, { ...submission, bodyHash });
    const accepted = await acceptAct(services, caller, prepared);
    if (accepted === 'repeat') continue;
    if (accepted !== 'busy') {
      // An approval is done by now, and the next person's mail is due; what is sealed wakes the outbox at its end.
      if (accepted.act.state === 'done') services.wake();
      return waitFor(services, caller, { ...accepted, until });
    }
    // There is nothing new to show yet, so there is nothing to ask the person either.
    if (performance.now() > until) {
      throw new ServerError('service_unavailable', "Another person's entries are being sealed. Try again in a moment.", { headers: { 'Retry-After': '5' } });
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
  while (open && performance.now() < until) {
    const outcome = jobId === undefined ? 'busy' : await within(until - performance.now(), runJob(services, jobId));
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

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, ms, undefined)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const pause = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined));
