import type { ByteSource } from '../byte-source.js';
import { readAnchors } from '../cms/path.js';
import { isPadesError } from '../errors.js';
import { collect } from '../ltv/collect.js';
import { readDss } from '../ltv/dss.js';
import { readUses, type SignatureUses } from '../ltv/read-uses.js';
import type { PdfFile } from '../pdf/file.js';
import type { StatusNetwork } from '../revocation/find-status.js';
import type { Trust } from './existence.js';
import type { Revocation } from './report.js';
import type { FileRevision } from './revisions.js';

/** What the file itself proves of one signature, without a network. */
export interface LongTerm {
  readonly level: 'B-LT' | 'B-LTA' | null;
  /** The network counts here, where it is asked. */
  readonly revocation: Revocation;
}

interface Question {
  readonly source: ByteSource;
  readonly revisions: readonly FileRevision[];
  readonly trust: Trust;
  /** Ends of the document timestamps that are intact and trusted. */
  readonly timestamps: readonly number[];
  /** Asked about what the file does not prove itself. */
  readonly network: StatusNetwork | undefined;
}

/** By the end of each signature's revision. A file without a DSS proves nothing, and neither does one that cannot be read. */
export async function readLongTerm(file: PdfFile, question: Question): Promise<Map<number, LongTerm>> {
  const results = new Map<number, LongTerm>();
  const signatures = await unlessRefused(readUses(file, question.source, question.trust.at));
  for (const signature of Array.isArray(signatures) ? signatures : []) results.set(signature.end, await judge(file, signature, question));
  return results;
}

async function judge(file: PdfFile, signature: SignatureUses, { revisions, trust, timestamps, network }: Question): Promise<LongTerm> {
  const now = await proves(file, signature, trust);
  if (now !== 'good') {
    const { answers } = signature;
    const hasMore = network !== undefined || answers.ocsps.length + answers.crls.length > 0;
    const answer = now === 'certificate_revoked' || !hasMore ? now : await proves(file, signature, trust, { answers, ...(network && { network }) });
    if (answer === 'certificate_revoked') return { level: null, revocation: 'revoked' };
    return { level: null, revocation: answer === 'good' ? 'good' : network ? 'unknown' : 'unchecked' };
  }
  for (const { end, file: covered } of revisions) {
    if (end > signature.end && timestamps.includes(end) && (await proves(covered, signature, trust)) === 'good') return { level: 'B-LTA', revocation: 'good' };
  }
  return { level: 'B-LT', revocation: 'good' };
}

/** Asked beside the DSS: what the signature itself brings along, and the network. */
interface More {
  readonly answers?: SignatureUses['answers'];
  readonly network?: StatusNetwork;
}

/** `good` where the DSS of this state of the file, or the network, answers every question, or the code of what is wrong. */
async function proves(file: PdfFile, { uses, certificates, unreadable }: SignatureUses, { crypto, anchors, at }: Trust, more: More = {}): Promise<string> {
  if (unreadable) return unreadable.code;
  const outcome = await unlessRefused(
    (async () => {
      const stored = await readDss(file);
      const { ocsps, crls } = more.answers ?? { ocsps: [], crls: [] };
      const known = { certificates: stored.certificates, ocsps: [...stored.ocsps, ...ocsps], crls: [...stored.crls, ...crls] };
      return collect(uses, { crypto, anchors, stored: known, network: more.network ?? {}, candidates: [...certificates, ...readAnchors(stored.certificates)], now: at });
    })(),
  );
  return typeof outcome === 'string' ? outcome : 'good';
}

async function unlessRefused<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise;
  } catch (cause) {
    if (isPadesError(cause)) return cause.code;
    throw cause;
  }
}
