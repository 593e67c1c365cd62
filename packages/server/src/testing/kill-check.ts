import { validatePdf } from '@sky-sign/pades';
import { nodeHash } from '@sky-sign/pades/node';
import { verifyAudit } from '../audit/verify.js';
import { hashSource, openRevision } from '../blobs/revisions.js';
import { openSource } from '../blobs/source.js';
import { openData } from '../node/open-data.js';
import type { Services } from '../services.js';
import type { RevisionRow } from '../store/rows.js';
import type { Acknowledged } from './kill-load.js';

type Needs = Pick<Services, 'crypto' | 'store' | 'keys'>;

export interface Checking {
  readonly dataDir: string;
  /** DER. */
  readonly root: Uint8Array;
  readonly acknowledged: Acknowledged;
  /** Hashes of files that were found to be valid before. */
  readonly valid: Set<string>;
  /** Nothing is under way any more. */
  readonly settled: boolean;
}

export interface Checked {
  readonly problems: string[];
  readonly acts: number;
  readonly pending: number;
  readonly files: number;
}

/** Opens what a killed server has left behind and holds it against what it had promised. */
export async function checkData(checking: Checking): Promise<Checked> {
  const needs = await openData({ dataDir: checking.dataDir, masterKey: undefined });
  try {
    const { tables } = needs.store;
    const problems = [...(await checkPromises(needs, checking)), ...(await checkFiles(needs, checking)), ...(checking.settled ? await checkEnd(needs, checking) : [])];
    for (const { id } of await tables.envelopes.find({})) {
      const problem = await verifyAudit(needs, tables, id);
      if (problem) problems.push(`audit: ${JSON.stringify(problem)}`);
    }
    const acts = await tables.acts.find({});
    return { problems, acts: acts.length, pending: acts.filter(({ state }) => state === 'sealing').length, files: checking.valid.size };
  } finally {
    await needs.store.close();
  }
}

async function checkPromises({ store: { tables } }: Needs, { acknowledged }: Checking): Promise<string[]> {
  const problems: string[] = [];
  for (const id of acknowledged.envelopes) {
    const [envelope] = await tables.envelopes.find({ id });
    if (!envelope || envelope.status === 'draft') problems.push(`envelope ${id} was acknowledged and is ${envelope?.status ?? 'gone'}`);
  }
  for (const id of acknowledged.declined) if ((await tables.envelopes.find({ id, status: 'declined' })).length === 0) problems.push(`envelope ${id} is not declined`);
  const logged = new Map<string, readonly { readonly type: string; readonly data: string }[]>();
  for (const { envelopeId } of acknowledged.opened) logged.set(envelopeId, await tables.audit.find({ envelopeId }));
  const tells = (envelopeId: string, type: string, what: string): boolean => logged.get(envelopeId)?.some((row) => row.type === type && row.data.includes(what)) ?? false;
  for (const { envelopeId, sessionId } of acknowledged.opened) if (!tells(envelopeId, 'opened', sessionId)) problems.push(`no row tells that session ${sessionId} was opened`);
  for (const { envelopeId, recipientId } of acknowledged.viewed) if (!tells(envelopeId, 'viewed', recipientId)) problems.push(`no row tells that ${recipientId} viewed`);
  for (const { recipientId, status, documents } of acknowledged.acts) {
    const [act] = await tables.acts.find({ recipientId });
    if (!act || (status === 'signed' && act.state !== 'done')) problems.push(`the act of ${recipientId} was answered ${status} and is ${act?.state ?? 'gone'}`);
    for (const { id, sha256 } of documents) if ((await tables.revisions.find({ documentId: id, sha256 })).length !== 1) problems.push(`file ${sha256} was shown to ${recipientId} as signed and is gone`);
  }
  return problems;
}

/** Every file is made of the one before and validates; nobody has signed a document twice. */
async function checkFiles(needs: Needs, checking: Checking): Promise<string[]> {
  const { tables } = needs.store;
  const problems: string[] = [];
  for (const document of await tables.documents.find({})) {
    const revisions = await tables.revisions.find({ documentId: document.id }, { orderBy: 'number' });
    if (revisions.length > 0 && revisions.at(-1)?.number !== document.revision) problems.push(`document ${document.id} is at ${String(document.revision)}`);
    const signers = revisions.flatMap(({ recipientId }) => recipientId ?? []);
    if (new Set(signers).size !== signers.length) problems.push(`document ${document.id} was signed twice by somebody`);
    for (const [i, revision] of revisions.entries()) if (!checking.valid.has(revision.sha256)) problems.push(...(await checkRevision(needs, checking, { revision, before: revisions[i - 1] })));
  }
  const rows = (await tables.audit.find({ type: 'signed' })).map(({ data }) => (JSON.parse(data) as { actId: string }).actId);
  if (new Set(rows).size !== rows.length) problems.push('an act is logged as signed twice');
  return problems;
}

async function checkRevision(needs: Needs, { root, valid }: Checking, { revision, before }: { revision: RevisionRow; before: RevisionRow | undefined }): Promise<string[]> {
  const source = await openRevision(needs, revision);
  const name = `revision ${String(revision.number)} of ${revision.documentId}`;
  if (source.length !== revision.length || (before && before.length + revision.segmentLength !== revision.length)) return [`${name} has ${String(source.length)} bytes`];
  if ((await hashSource({ hash: nodeHash }, source)) !== revision.sha256) return [`${name} does not hash to what was logged`];
  if (revision.kind === 'signature') {
    const { signatures } = await validatePdf(source, { anchors: [root], hash: nodeHash, crypto: needs.crypto });
    const bad = signatures.filter(({ integrity, trusted, problems }) => !integrity || !trusted || problems.length > 0);
    if (bad.length > 0 || signatures.length === 0) return [`${name} does not validate: ${JSON.stringify(bad)}`];
  }
  valid.add(revision.sha256);
  return [];
}

/** When the outbox is empty, everything that follows from what happened has been done. */
async function checkEnd(needs: Needs, { root }: Checking): Promise<string[]> {
  const { tables } = needs.store;
  const problems: string[] = [];
  for (const { id, kind } of await tables.outbox.find({ doneAt: null })) problems.push(`${kind} job ${id} is not done`);
  for (const { id } of await tables.acts.find({ state: 'sealing' })) problems.push(`act ${id} is not sealed`);
  const mails = await tables.mails.find({ subject: '電子署名完了のお知らせ' });
  for (const { id, status } of await tables.envelopes.find({})) {
    const recipients = await tables.recipients.find({ envelopeId: id });
    if (status !== 'completed') {
      if (recipients.every((each) => each.status === 'signed')) problems.push(`envelope ${id} is signed by all and ${status}`);
      continue;
    }
    for (const { email } of recipients) if (!mails.some(({ toAddress }) => toAddress === email)) problems.push(`nobody told ${email} that all have signed`);
    for (const document of await tables.documents.find({ envelopeId: id })) {
      const [certificate] = await tables.certificates.find({ documentId: document.id });
      const source = certificate && (await openSource(needs, [certificate.segmentId]));
      const report = source && (await validatePdf(source, { anchors: [root], hash: nodeHash, crypto: needs.crypto }));
      if (!report?.ok || report.signatures[0]?.level !== 'B-LTA') problems.push(`document ${document.id} has no valid certificate`);
    }
  }
  return problems;
}
