import { describeRevisions, type RevisionFacts } from '../../inspect/describe-revisions.js';
import { inspectPdf, type PdfFacts } from '../../inspect/inspect-pdf.js';
import { fileSource } from '../file-source.js';
import { passwordOf, type Options } from './arguments.js';

/** What `pades inspect` reports; the revisions of an encrypted file only where it is unlocked. */
export interface Inspection {
  readonly facts: PdfFacts;
  readonly revisions: readonly RevisionFacts[];
}

export async function inspectCommand([input = '']: readonly string[], options: Options): Promise<Inspection> {
  const source = await fileSource(input);
  try {
    const open = passwordOf(options);
    const facts = await inspectPdf(source, open);
    return { facts, revisions: facts.encrypted && facts.pages.length === 0 ? [] : await describeRevisions(source, open) };
  } finally {
    await source.close();
  }
}

export function inspectionText({ facts, revisions }: Inspection): string {
  const { version, pages, fields, signatures, findings, encrypted } = facts;
  const kinds = new Map(signatures.map(({ field, kind }) => [field, kind]));
  const lines = [
    `PDF ${version}, ${encrypted ? 'encrypted' : ''}${encrypted && pages.length === 0 ? '' : `${encrypted ? ', ' : ''}${pages.length} pages, ${fields.length} fields, ${signatures.length} signatures and timestamps`}`,
    ...revisions.flatMap((revision, i) => revisionLines(revision, i + 1, revisions[i - 1]?.end ?? 0)),
    ...fields.map(({ name, type, signed }) => `field ${name}: ${type}${signed ? `, ${kinds.get(name) ?? 'signature'}` : ''}`),
    ...findings.map(({ code, severity, message }) => `${severity} ${code}: ${message}`),
  ];
  return `${lines.join('\n')}\n`;
}

function revisionLines({ end, newObjects, changed, newFields, signed, dss }: RevisionFacts, number: number, start: number): string[] {
  const inside = [
    `${newObjects} new objects`,
    ...(changed.length > 0 ? [`changes ${changed.join(', ')}`] : []),
    ...(number > 1 && newFields.length > 0 ? [`adds field ${newFields.join(', ')}`] : []),
    ...(signed.length > 0 ? [`signs ${signed.join(', ')}`] : []),
  ];
  const { certificates, ocsps, crls } = dss;
  const carried = certificates + ocsps + crls > 0 ? [`  DSS with ${certificates} certificates, ${ocsps} OCSP responses, ${crls} lists`] : [];
  return [`revision ${number}, bytes ${start} to ${end}: ${inside.join('; ')}`, ...carried];
}
