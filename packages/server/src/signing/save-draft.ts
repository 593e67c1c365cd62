import type { Draft } from '@sky-sign/protocol';
import { utf8 } from '../bytes.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { Caller } from './describe-session.js';

/** Keeps what was typed and placed so far, encrypted; rules are checked at completion, ownership here. */
export async function saveDraft(services: Services, { recipient }: Caller, draft: Draft): Promise<{ savedAt: string }> {
  const { store, keys, now } = services;
  if (recipient.status !== 'active') throw notYourTurn();
  const own = new Set(fromJson(recipient.fields).map((field) => field.id));
  const foreign = [...draft.values, ...draft.seals].filter(({ fieldId }) => !own.has(fieldId));
  if (foreign.length > 0) {
    throw new ServerError('field_invalid', 'These fields are not yours.', { fields: foreign.map(({ fieldId }) => ({ fieldId, reason: 'unknown_field' })) });
  }
  const sealed = await keys.seal(`draft/${recipient.id}`, utf8(JSON.stringify(draft)));
  const savedAt = now();
  await store.transaction(async (tables) => {
    // A draft on its way must not stay behind an act that was faster.
    const [current] = await tables.recipients.find({ id: recipient.id });
    if (current?.status !== 'active') throw notYourTurn();
    const [row] = await tables.drafts.update({ recipientId: recipient.id }, { sealed, savedAt });
    if (!row) await tables.drafts.insert({ recipientId: recipient.id, sealed, savedAt });
  });
  return { savedAt: new Date(savedAt).toISOString() };
}

const notYourTurn = (): ServerError => new ServerError('not_your_turn', 'There is nothing to fill in now.');
