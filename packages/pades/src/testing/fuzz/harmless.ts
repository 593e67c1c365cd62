import { bytesSource } from '../../byte-source.js';
import { preparePdf } from '../../form/prepare-pdf.js';
import { joinBytes } from '../../hash.js';
import { createRevision, writeRevision } from '../../pdf/revision.js';
import { extendDss } from '../../ltv/dss.js';
import { sign } from '../envelope.js';
import { augmented, signIn, type World } from '../long-term.js';
import { accepted, type Mutation } from './mutation.js';

/** What the standard wants to be able to do to a signed file: whoever refuses this refuses every file in the end. */
export const harmlessMutations = (world: World | undefined): readonly Mutation[] => [
  accepted('the same bytes', ({ bytes }) => bytes.slice()),
  accepted('validation data added', async ({ bytes, anchors, facts: { file } }) => {
    const revision = createRevision(file);
    await extendDss(revision, new Map([['0'.repeat(40), { certificates: anchors, ocsps: [], crls: [] }]]));
    return joinBytes([bytes, (await writeRevision(revision)).bytes]);
  }),
  accepted('another signature, seen by nobody', async ({ bytes, name }) => {
    if (name === 'certified') return undefined;
    const field = 'further';
    const ready = joinBytes([bytes, await preparePdf(bytesSource(bytes), { fields: [{ kind: 'invisible-signature', name: field }] })]);
    return name.startsWith('world') ? world && signIn(world, ready, { field }) : sign(ready, { field });
  }),
  accepted('raised or renewed', ({ bytes, name }, random) => (world && name.startsWith('world') ? augmented(world, bytes, { level: random.pick(['B-LT', 'B-LTA']) }) : undefined)),
];
