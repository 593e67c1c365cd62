import { routes, type EnvelopePage, type EnvelopeSearch } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Envelopes that have everything that is asked for, newest first, 50 at a time; for the next page give `cursor` what `next` said. */
export async function searchEnvelopes(sender: Sender, search: EnvelopeSearch = {}): Promise<EnvelopePage> {
  const searchParams = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
  return asSender('Searching envelopes', () => sender.http.get(routes.envelopes.slice(1), { searchParams }).json<EnvelopePage>());
}
