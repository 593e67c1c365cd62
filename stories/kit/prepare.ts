import type { MockServer, SeededEnvelope } from '@sky-sign/mocks';
import { declineElsewhere, guess, signElsewhere } from './people.js';
import { fresh } from './stage.js';
import type { Prepare, Prepared } from './stage.js';

// Every state is reached through the server's own API: what the sender does by API key, what people do by their links.

const dayMs = 86_400_000;
const opened = (seed: SeededEnvelope): Prepared => ({ token: seed.linkToken, accessCode: seed.accessCode, seed });

async function asSender(server: MockServer, path: string, body: unknown): Promise<void> {
  const answer = await server.asSender(path, body);
  if (!answer.ok) throw new Error(`${path} answered ${String(answer.status)}: ${await answer.text()}`);
}

/** The demo, with one seal as all there is to do. */
export const sealOnly = fresh('contract', (envelope) => ({
  ...envelope,
  recipients: envelope.recipients.map((recipient) => ({ ...recipient, fields: (recipient.fields ?? []).filter(({ kind, document }) => kind === 'signature' && document === 0) })),
}));

/** Something happens to a sent envelope before the person opens the link. */
const after = (happen: (server: MockServer, seed: SeededEnvelope) => Promise<void>, name?: Parameters<MockServer['seed']>[0]): Prepare => async (server) => {
  const seed = await server.seed(name);
  await happen(server, seed);
  return opened(seed);
};

export const voided = after((server, { envelope }) => asSender(server, `/v1/envelopes/${envelope.id}/void`, { reason: '記載に誤りがありました。' }));
export const replaced = after((server, { envelope }) => asSender(server, `/v1/envelopes/${envelope.id}/recipients/${envelope.recipients[0]?.id ?? ''}/resend`, {}));
export const declined = after((_, seed) => declineElsewhere(seed));
export const signed = after((_, seed) => signElsewhere(seed));
export const guessed = (times: number): Prepare => after((_, seed) => guess(seed, times));

/** Somebody has tried thirty codes on other people's requests, from the same network. */
export const busyNetwork: Prepare = async (server) => {
  const seed = await server.seed();
  for (let person = 0; person < 6; person += 1) {
    const other = { email: `person${String(person)}@yamada-kensetsu.example`, accessCode: '7391' };
    await guess(await server.seed('open', (input) => ({ ...input, recipients: input.recipients.map((one) => ({ ...one, ...other })) })), 5);
  }
  return opened(seed);
};

export const expired: Prepare = async (server) => {
  server.aheadMs = -40 * dayMs;
  const seed = await server.seed();
  server.aheadMs = 0;
  return opened(seed);
};

/** The contractor has signed in this tab, and comes back. */
export const signedHere = after((_, seed) => signElsewhere(seed, { here: true }));
export const approvedHere = after((_, seed) => signElsewhere(seed, { here: true }), 'approval');

/** As `signedHere`, while no timestamp can be had. */
export const sealingHere = after(async (server, seed) => {
  server.scenario = 'tsa-down';
  await signElsewhere(seed, { here: true });
});

/** Both have signed, the contractor in this tab. */
export const completedHere = after(async (server, seed) => {
  await signElsewhere(seed, { here: true });
  await citySigns(server);
});

/** Both have signed, before the contractor opens the link again. */
export const completed = after(async (server, seed) => {
  await signElsewhere(seed);
  await citySigns(server);
});

async function citySigns(server: MockServer): Promise<void> {
  const known = new Set((await server.mails()).filter(({ body }) => !body.includes('/sign#')).map(({ id }) => id));
  await signElsewhere({ linkToken: await server.linkToken('keiyaku@city.aoba.example', 'sign', known), accessCode: '' });
}

/** The second person in the order, who was given a token before the first has signed. */
export const notYet: Prepare = async (server) => {
  const seed = await server.seed();
  return { token: await server.embedToken(seed.envelope.id, seed.envelope.recipients[1]?.id ?? ''), accessCode: '', seed };
};

/** A token for a page of another origin. */
export const foreignPage: Prepare = async (server) => {
  const { envelope } = await server.seed();
  const path = `/v1/envelopes/${envelope.id}/recipients/${envelope.recipients[0]?.id ?? ''}/embed-tokens`;
  const answer = (await (await server.asSender(path, { origin: 'https://portal.example' })).json()) as { token: string };
  return { token: answer.token };
};

/** A token that another server made. */
export const foreignServer: Prepare = async (server) => {
  const { envelope } = await server.seed();
  const token = await server.embedToken(envelope.id, envelope.recipients[0]?.id ?? '');
  return { token: token.replace(/^ske_[^_]+_/u, 'ske_00000000_') };
};

export const unknownLink: Prepare = () => Promise.resolve({ token: `skl_${'A'.repeat(43)}` });
export const noToken: Prepare = () => Promise.resolve({});
export { fresh };
