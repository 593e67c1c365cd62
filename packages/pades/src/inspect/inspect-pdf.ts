import type { ByteSource } from '../byte-source.js';
import { isPadesError } from '../errors.js';
import { readFields, type FormField } from '../form/fields.js';
import { openLocked, readCatalog, resolveDict, resolveName, unlockPdf, type OpenOptions, type PdfFile } from '../pdf/file.js';
import { readPages, type Box } from '../pdf/pages.js';
import { findValues } from './field-values.js';
import { findContent, type Finding } from './findings.js';

export interface PdfPage {
  readonly cropBox: Box;
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly rotate: number;
  /** Size of a user space unit in 1/72 inch. */
  readonly userUnit: number;
}

export interface PdfFacts {
  readonly version: string;
  /** Empty where the file is encrypted and not unlocked, as are its fields and signatures. */
  readonly pages: readonly PdfPage[];
  /** Cross-reference sections that end in a startxref of their own. */
  readonly revisions: number;
  readonly signatures: readonly { readonly field: string; readonly kind: 'signature' | 'timestamp' }[];
  readonly fields: readonly { readonly name: string; readonly type: FormField['type']; readonly signed: boolean }[];
  readonly encrypted: boolean;
  readonly findings: readonly Finding[];
  /** Names of files that are embedded in it; `embedded_files` is among the findings then. */
  readonly attachments: readonly string[];
}

/** Facts of a file as a viewer sees it (the cross-reference chain followed). Throws a PadesError for what cannot be read. */
export async function inspectPdf(source: ByteSource, { password }: OpenOptions = {}): Promise<PdfFacts> {
  const locked = await openLocked(source);
  const encrypted = locked.trailer.has('Encrypt');
  const revisions = countRevisions(locked);
  const shape = [...(encrypted ? [ENCRYPTED] : []), ...shapeFindings(locked, revisions)];
  const file = await unlockOrLeave(locked, password);
  if (!file) return { version: locked.input.version, pages: [], revisions, signatures: [], fields: [], encrypted, findings: shape, attachments: [] };
  const { catalog } = await readCatalog(file);
  const fields = await readFields(file);
  const pages = await readPages(file);
  const content = await findContent(file);
  const version = await resolveName(file, catalog.get('Version'));
  return {
    version: version !== undefined && version > file.input.version ? version : file.input.version,
    pages: pages.map(({ cropBox, rotate, userUnit }) => ({ cropBox, rotate, userUnit })),
    revisions,
    signatures: await Promise.all(fields.filter(isSigned).map(async (field) => ({ field: field.name, kind: await kindOf(file, field) }))),
    fields: fields.map((field) => ({ name: field.name, type: field.type, signed: isSigned(field) })),
    encrypted,
    findings: [...shape, ...(file.security && !file.security.permissionsFit ? [PERMISSIONS] : []), ...content.findings, ...(await findValues(file, fields))],
    attachments: content.attachments,
  };
}

const ENCRYPTED: Finding = { code: 'encrypted', severity: 'refuse', message: 'the file is encrypted' };

const PERMISSIONS: Finding = { code: 'permissions_changed', severity: 'flag', message: 'the permissions of the encryption are not the ones that it was made with' };

/** Undefined where nobody gave a password for a file that needs one; a wrong one is thrown. */
async function unlockOrLeave(locked: PdfFile, password: string | undefined): Promise<PdfFile | undefined> {
  try {
    return await unlockPdf(locked, password);
  } catch (cause) {
    if (password === undefined && isPadesError(cause) && cause.code === 'encrypted') return undefined;
    throw cause;
  }
}

const isSigned = ({ type, value }: FormField) => type === 'Sig' && value !== null;

async function kindOf(file: PdfFile, { value }: FormField): Promise<'signature' | 'timestamp'> {
  const signature = await resolveDict(file, value);
  return (await resolveName(file, signature?.get('SubFilter') ?? null)) === 'ETSI.RFC3161' ? 'timestamp' : 'signature';
}

/** The first section of a linearized file says `startxref 0`: it is half of a revision. */
function countRevisions({ sections }: PdfFile): number {
  return Math.max(1, sections.filter(({ closing }) => closing && closing.startxref !== 0).length);
}

function shapeFindings({ input, tail, sections }: PdfFile, revisions: number): Finding[] {
  const flag = (code: string, message: string): Finding => ({ code, severity: 'flag', message });
  return [
    ...(input.leading > 0 ? [flag('leading_bytes', `${input.leading} bytes stand before %PDF-`)] : []),
    ...(tail.trailing > 0 ? [flag('trailing_bytes', `${tail.trailing} bytes stand after the last %%EOF`)] : []),
    ...(revisions > 1 ? [flag('several_revisions', `the file has ${revisions} revisions`)] : []),
    ...(sections.some(({ hybrid }) => hybrid) ? [flag('hybrid_xref', 'the file has hybrid cross-reference sections, which old viewers read otherwise')] : []),
  ];
}
