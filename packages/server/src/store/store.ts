import type * as rows from './rows.js';
import type { Table } from './table.js';

/** Rows of each table, by its name. */
export interface RowTypes {
  readonly keys: rows.KeyRow;
  readonly apiKeys: rows.ApiKeyRow;
  readonly origins: rows.OriginRow;
  readonly segments: rows.SegmentRow;
  readonly chunks: rows.ChunkRow;
  readonly documents: rows.DocumentRow;
  readonly revisions: rows.RevisionRow;
  readonly envelopes: rows.EnvelopeRow;
  readonly recipients: rows.RecipientRow;
  readonly wrongCodes: rows.WrongCodeRow;
  readonly tokens: rows.TokenRow;
  readonly sessions: rows.SessionRow;
  readonly sessionTokens: rows.SessionTokenRow;
  readonly deliveries: rows.DeliveryRow;
  readonly views: rows.ViewRow;
  readonly drafts: rows.DraftRow;
  readonly acts: rows.ActRow;
  readonly outbox: rows.OutboxRow;
  readonly mails: rows.MailRow;
  readonly tickets: rows.TicketRow;
  readonly proofs: rows.ProofRow;
  readonly audit: rows.AuditRow;
  readonly webhooks: rows.WebhookRow;
  readonly certificates: rows.CertificateRow;
  readonly auditValues: rows.AuditValueRow;
  readonly auditHeads: rows.AuditHeadRow;
}
export type TableName = keyof RowTypes;
export type Tables = { readonly [N in TableName]: Table<RowTypes[N]> };

/** Unique keys of each table; the first one is the primary key. */
export const uniqueKeys = {
  keys: [['id']],
  apiKeys: [['id'], ['hash']],
  origins: [['origin']],
  segments: [['id']],
  chunks: [['segmentId', 'idx']],
  documents: [['id']],
  revisions: [['documentId', 'number']],
  envelopes: [['id'], ['number']],
  recipients: [['id']],
  wrongCodes: [['id']],
  tokens: [['hash']],
  sessions: [['id']],
  sessionTokens: [['hash']],
  deliveries: [['sessionId', 'documentId', 'number']],
  views: [['recipientId', 'documentId']],
  drafts: [['recipientId']],
  acts: [['id'], ['recipientId']],
  outbox: [['id']],
  mails: [['id']],
  tickets: [['hash']],
  proofs: [['id']],
  audit: [['envelopeId', 'seq']],
  webhooks: [['id']],
  certificates: [['documentId']],
  auditValues: [['envelopeId', 'seq']],
  auditHeads: [['envelopeId']],
} as const satisfies { readonly [N in TableName]: readonly (readonly (keyof RowTypes[N])[])[] };

export const tableNames = Object.keys(uniqueKeys) as readonly TableName[];

/** Everything that the server keeps. Nodes of the server hold no state besides it. */
export interface Store {
  /** Each call is a transaction of its own. */
  readonly tables: Tables;
  /**
   * All or nothing, one after the other. Inside, use only the tables handed in (`store.tables` would wait for ever), and
   * nothing that takes long: no network, no signing, no PBKDF2.
   */
  transaction<T>(run: (tables: Tables) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
