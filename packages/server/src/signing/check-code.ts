import { isCode, maxTries } from '../auth/access-code.js';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { RecipientRow } from '../store/rows.js';
import { add, lt } from '../store/table.js';
import type { Caller } from './describe-session.js';
import { locked } from './ended.js';
import { confirmLock, lockAddress, lockForLastTry } from './lock.js';
import type { LastTry } from './lock.js';
import { countWrong, isAddressOver, networkKey, refuseNetwork } from './wrong-codes.js';

interface Entry {
  readonly code: string;
  readonly client: Client;
}

/** Throws unless the code is right, or none is asked and none was given. Counted first, verified then. */
export async function checkCode(services: Services, caller: Caller, { code, client }: Entry): Promise<void> {
  const { recipient, envelope } = caller;
  if (recipient.codeHash === null || recipient.codeSalt === null) {
    if (code === '') return;
    throw new ServerError('request_invalid', 'accessCode: none is asked here, so it must be empty.');
  }
  const network = await networkKey(services, client.address);
  const counted = await countTry(services, caller, network);
  if (!counted) throw locked(envelope);
  const verifier = { subject: recipient.codeSubject, hash: recipient.codeHash, salt: recipient.codeSalt, keyId: recipient.codeKeyId ?? services.keys.newest('pepper') };
  if (await isCode(services, verifier, code)) {
    if (!(await forgive(services, counted))) throw locked(envelope);
    return;
  }
  const triesLeft = maxTries - counted.row.tries;
  const shut = await recordWrong(services, caller, { counted, triesLeft, network, client });
  if (shut) throw locked(envelope);
  throw new ServerError('access_code_wrong', `The access code is wrong. ${String(triesLeft)} more tries.`, { triesLeft });
}

interface Counted {
  readonly row: RecipientRow;
  /** There where this try was the last one: then the recipient is locked already, and only the right code takes that back. */
  readonly lastTry?: LastTry;
}

/** The last try locks in the same transaction in which it is counted: whatever happens to this process, nobody is left without word. */
async function countTry(services: Services, { recipient }: Caller, network: string): Promise<Counted | undefined> {
  return services.store.transaction(async (tables) => {
    await refuseNetwork(services, tables, network);
    const [row] = await tables.recipients.update({ id: recipient.id, tries: lt(maxTries), lockedAt: null }, { tries: add(1) });
    if (!row) return undefined;
    return row.tries < maxTries ? { row } : { row, lastTry: await lockForLastTry(services, tables, row) };
  });
}

async function forgive({ store }: Services, { row: { id }, lastTry }: Counted): Promise<boolean> {
  return store.transaction(async (tables) => {
    const [open] = await tables.recipients.update({ id, lockedAt: lastTry?.lockedAt ?? null }, { tries: 0, lockedAt: null });
    if (open) for (const job of lastTry?.mails ?? []) await tables.outbox.delete({ id: job });
    return open !== undefined;
  });
}

interface Wrong {
  readonly counted: Counted;
  readonly triesLeft: number;
  readonly network: string;
  readonly client: Client;
}

/** A wrong code goes to the log and to the counters; returns whether the recipient is locked now. */
async function recordWrong(services: Services, { session, recipient, envelope }: Caller, { counted: { row, lastTry }, triesLeft, network, client }: Wrong): Promise<boolean> {
  const shut = await services.store.transaction(async (tables) => {
    await countWrong(services, tables, { addressKey: row.addressKey, network });
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'access_code_wrong', data: { recipientId: recipient.id, sessionId: session.id, triesLeft }, personal: client });
    if (lastTry) await confirmLock(services, tables, { recipient: row, lastTry, client });
    const over = await isAddressOver(services, tables, row.addressKey);
    if (over) await lockAddress(services, tables, { addressKey: row.addressKey, client });
    return over || lastTry !== undefined;
  });
  services.wake();
  return shut;
}
