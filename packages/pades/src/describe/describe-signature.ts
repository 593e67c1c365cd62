import type { SignatureReport, TimestampReport } from '../validate/report.js';
import type { DescriptionLine, LineKind, SignatureDescription, SignatureVerdict } from './description.js';
import { oneLine } from './one-line.js';
import type { Words } from './words.js';

export function describeSignature(report: SignatureReport, words: Words): SignatureDescription {
  const verdict = verdictOf(report);
  return { field: oneLine(report.field), kind: report.kind, verdict, title: words.title[verdict], lines: linesOf(report, words) };
}

function verdictOf({ indication, problems }: SignatureReport): SignatureVerdict {
  if (indication === 'TOTAL-FAILED') return 'invalid';
  return indication === 'TOTAL-PASSED' && problems.length === 0 ? 'valid' : 'unknown';
}

function linesOf(report: SignatureReport, words: Words): DescriptionLine[] {
  const { kind, subIndication, revocation, reason, location, signer, name, problems, warnings } = report;
  const stands = verdictOf(report) !== 'invalid';
  const texts: [LineKind, string | false | null][] = [
    ['signer', signerText(report, words)],
    ['conclusion', subIndication && (subIndication === 'FORMAT_FAILURE' && report.integrity ? words.conclusionOfChanges : words.conclusion[subIndication])],
    ...changesOf(report, words).map((text): [LineKind, string] => ['changes', text]),
    ['identity', words.identity[isProven(report) ? 'valid' : 'unknown']],
    ...timesOf(report, words),
    ['long-term', stands && (kind === 'signature' || isLasting(report)) && words.longTerm[isLasting(report) ? 'yes' : 'no']],
    ['level', stands && kind === 'signature' && words.level[report.level ?? 'none']],
    ['revocation', words.revocation[revocation]],
    ['reason', isText(reason) && words.reason(oneLine(reason))],
    ['location', isText(location) && words.location(oneLine(location))],
    ['name', isText(name) && name !== signer?.name && words.statedName(oneLine(name))],
    ['certificate', signer && words.issuer(oneLine(signer.issuer))],
    ['certificate', signer && words.validity(momentOf(signer.notBefore, words), momentOf(signer.notAfter, words))],
    ...problems.map((code): [LineKind, string] => ['doubt', doubtText(code, words)]),
    ...warnings.map((code): [LineKind, string] => ['note', noteText(code, words)]),
  ];
  const said = new Set<string>();
  return texts.flatMap(([line, text]) => {
    if (!text || said.has(text)) return [];
    said.add(text);
    return [{ kind: line, text }];
  });
}

const isText = (text: string | null): text is string => text !== null && oneLine(text) !== '';
/** A certificate says whose key it is, and that this key signed only together with a signature that fits. */
const isProven = ({ integrity, trusted, revocation }: SignatureReport) => integrity && trusted && revocation !== 'revoked';
const isLasting = ({ level }: SignatureReport) => level === 'B-LT' || level === 'B-LTA';

function signerText({ kind, signer }: SignatureReport, words: Words): string {
  if (!signer) return words.signerUnknown;
  const name = oneLine(signer.name);
  return kind === 'timestamp' ? words.authority(name) : words.signer(name);
}

/** Whether what the reader sees is what was signed. */
function changesOf({ integrity, coverage, modification, docmdp, changedFields, problems }: SignatureReport, words: Words): string[] {
  const isWhole = coverage === 'ENTIRE_FILE' || coverage === 'ENTIRE_REVISION';
  if (!integrity) return [words.documentIs[problems.includes('message_digest') ? 'changed' : 'unclear']];
  if (!isWhole) return [words.documentIs.unclear];
  const fields = changedFields.length > 0 ? [words.changedFields(words.listed(changedFields.map(oneLine)))] : [];
  const permission = modification === 'NONE' || docmdp === true ? [] : [docmdp === false ? words.forbidden : words.permissionUnknown];
  if (modification === 'NONE') return [words.documentIs.unchanged];
  if (modification === 'LTA_UPDATES') return [words.documentIs.unchanged, words.modification.LTA_UPDATES, ...permission];
  return [words.modification[modification], ...permission, ...fields];
}

function timesOf({ kind, claimedTime, timestamps }: SignatureReport, words: Words): [LineKind, string][] {
  // A document timestamp comes first in its own list.
  const [own, ...later] = kind === 'timestamp' ? timestamps : [undefined, ...timestamps];
  const proofs = later.filter((stamp) => stamp !== undefined).map((stamp): [LineKind, string] => ['timestamp', timestampText(stamp, words)]);
  if (kind === 'timestamp') return [['timestamp', words.isTimestamp], ...(own ? [['time', own.trusted ? words.ownTime(momentOf(own.time, words)) : timestampText(own, words)] as [LineKind, string]] : []), ...proofs];
  return [...proofs, ['time', claimedTime === null ? words.noTime : words.claimedTime(momentOf(claimedTime, words))]];
}

function timestampText({ kind, time, authority, trusted }: TimestampReport, words: Words): string {
  const say = !trusted ? words.untrustedTimestamp : kind === 'signature' ? words.embeddedTimestamp : words.documentTimestamp;
  return say(momentOf(time, words), oneLine(authority.name));
}

function momentOf(iso: string, words: Words): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? oneLine(iso) : words.time(at);
}

const OF_TIMESTAMP = 'timestamp_';

function known(code: string, words: Words): string | undefined {
  if (Object.hasOwn(words.doubts, code)) return words.doubts[code as keyof Words['doubts']];
  const doubt = code.startsWith(OF_TIMESTAMP) ? known(code.slice(OF_TIMESTAMP.length), words) : undefined;
  return doubt && words.ofTimestamp(doubt);
}

export const doubtText = (code: string, words: Words): string => known(code, words) ?? words.unknownDoubt(oneLine(code));
export const noteText = (code: string, words: Words): string => known(code, words) ?? words.unknownWarning(oneLine(code));
