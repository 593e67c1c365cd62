import { concatSource, type ByteSource } from '../byte-source.js';
import type { TimestampOptions } from '../cms/timestamp.js';
import { readAnchors } from '../cms/path.js';
import { PadesError, isPadesError, type PadesErrorCode } from '../errors.js';
import { joinBytes, type Hash } from '../hash.js';
import { openPdf, type OpenOptions } from '../pdf/file.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import type { DownloadFunction, StatusNetwork } from '../revocation/find-status.js';
import { collect } from './collect.js';
import { appendDocumentTimestamp } from './document-timestamp.js';
import { extendDss, readDss, vriKey, type ValidationData } from './dss.js';
import { readUses, type SignatureUses } from './read-uses.js';

export interface LongTermOptions {
  /** Where certificates, OCSP responses and lists come from; what is absent is not asked. */
  readonly network?: StatusNetwork;
  /** DER root certificates that every path has to reach; without them any self-signed certificate ends a path. */
  readonly anchors?: readonly Uint8Array[];
  /** DER intermediates that the signatures do not bring. */
  readonly certificates?: readonly Uint8Array[];
  /** Names of the signature fields to raise, and no others; all by default. Other people's certificates may lead to no anchor that is given. */
  readonly fields?: readonly string[];
  /** The clock; the system's by default. */
  readonly now?: () => Date;
}

export interface AugmentOptions extends LongTermOptions, OpenOptions {
  readonly level: 'B-T' | 'B-LT' | 'B-LTA';
  readonly crypto: Crypto;
  readonly hash: Hash;
  /** For B-LTA, and wherever a signature has no timestamp yet. */
  readonly timestamp?: TimestampOptions;
}

/**
 * Raises every signature of a file to a level (ETSI EN 319 142-1) and returns the bytes to append: a document timestamp where
 * a signature has none, validation data, and for B-LTA a document timestamp over that. A file at B-LTA is renewed.
 */
export async function augmentPdf(source: ByteSource, options: AugmentOptions): Promise<Uint8Array> {
  return (await raiseLevel(source, options, isNamed(options))).delta;
}

/** A signature that stays at its level, and why. */
export interface LeftAlone {
  readonly field: string;
  readonly code: PadesErrorCode;
  readonly message: string;
}

export interface Raised {
  readonly delta: Uint8Array;
  readonly leftAlone: readonly LeftAlone[];
}

/** Whether a signature has to reach the level; the others do where it can be done, and are named where not. */
type Required = (signature: SignatureUses) => boolean;

/** The same for a file that others signed too. */
export async function raiseLevel(source: ByteSource, options: AugmentOptions, isRequired: Required): Promise<Raised> {
  const { level, now = () => new Date() } = options;
  const deltas: Uint8Array[] = [];
  let grown = source;
  const append = (delta: Uint8Array) => {
    deltas.push(delta);
    grown = concatSource(grown, delta);
  };

  const signatures = wanted(await readUses(await openPdf(source, options), source, now()), options);
  if (signatures.length === 0) throw new PadesError('field_not_found', 'the file has no signature');
  for (const signature of signatures) if (signature.unreadable && isRequired(signature)) throw signature.unreadable;
  if (signatures.some(({ unproven }) => unproven)) append(await stampDocument(grown, options));
  const added = level === 'B-T' ? undefined : await validationData(grown, options, isRequired);
  if (added) append(added.delta);
  if (level === 'B-LTA') append(await stampDocument(grown, options));
  return { delta: joinBytes(deltas), leftAlone: added?.leftAlone ?? [] };
}

function stampDocument(source: ByteSource, { crypto, hash, timestamp, password }: AugmentOptions): Promise<Uint8Array> {
  if (!timestamp) throw new PadesError('timestamp_refused', 'this level needs a timestamp, and no authority is given');
  return appendDocumentTimestamp(source, { crypto, hash, timestamp, ...(password !== undefined && { password }) });
}

/** A revision that adds to the DSS what the signatures so far need; nothing where it is all there. */
async function validationData(source: ByteSource, { crypto, network = {}, anchors, certificates = [], now = () => new Date(), ...options }: AugmentOptions, isRequired: Required): Promise<Raised> {
  const file = await openPdf(source, options);
  const revision = createRevision(file);
  const stored = await readDss(file);
  const given = readAnchors([...stored.certificates, ...certificates]);
  const trusted = anchors && readAnchors(anchors);
  const sources = { crypto, anchors: trusted, network: onceEach(network), now: now() };
  const answers = { ocsps: [...stored.ocsps], crls: [...stored.crls] };
  const bySignature = new Map<string, ValidationData>();
  const leftAlone: LeftAlone[] = [];
  for (const signature of wanted(await readUses(file, source, now()), options)) {
    const { field, contents, uses, certificates: own, unreadable } = signature;
    const data = unreadable ?? (await unlessRefused(collect(uses, { ...sources, stored: answers, candidates: [...own, ...given] })));
    if (isPadesError(data)) {
      const { code, message } = data;
      if (isRequired(signature)) throw new PadesError(code, `${field}: ${message}`, data);
      leftAlone.push({ field, code, message });
      continue;
    }
    answers.ocsps.push(...data.ocsps);
    answers.crls.push(...data.crls);
    bySignature.set(await vriKey(crypto, contents), data);
  }
  await extendDss(revision, bySignature);
  return { delta: revision.changed.size === 0 ? new Uint8Array() : (await writeRevision(revision)).bytes, leftAlone };
}

async function unlessRefused<T>(promise: Promise<T>): Promise<T | PadesError> {
  try {
    return await promise;
  } catch (cause) {
    if (isPadesError(cause)) return cause;
    throw cause;
  }
}

/** What is raised: of a file in which only some fields are named, those and the document timestamps. */
const wanted = (signatures: readonly SignatureUses[], { fields }: LongTermOptions) => {
  const named = fields ? signatures.filter(({ field }) => fields.includes(field)) : signatures;
  return named.length === 0 ? [] : signatures.filter((signature) => named.includes(signature) || signature.kind === 'timestamp');
};

const isNamed = ({ fields }: LongTermOptions): Required => ({ field }) => fields?.includes(field) ?? true;

/** Lists and certificates are asked for once, however many signatures need them. */
function onceEach({ ocsp, crl, certificate }: StatusNetwork): StatusNetwork {
  return { ocsp, crl: crl && remembered(crl), certificate: certificate && remembered(certificate) };
}

function remembered(fetch: DownloadFunction): DownloadFunction {
  const answers = new Map<string, Promise<Uint8Array>>();
  return (url) => {
    const answer = answers.get(url) ?? fetch(url);
    answers.set(url, answer);
    return answer;
  };
}
