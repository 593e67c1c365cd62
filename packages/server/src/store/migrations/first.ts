import type { Step } from './step.js';

export const first: Step = {
  tables: {
    keys: 'id text, purpose text, wrapped blob, createdAt integer',
    apiKeys: 'id text, tenant text, hash text, createdAt integer, revokedAt integer?',
    origins: 'origin text',
    segments: 'id text, tenant text, keyId text, wrappedKey blob, length integer, createdAt integer',
    chunks: 'segmentId text, idx integer, data blob',
    documents:
      'id text, tenant text, name text, pages text, fieldNames text, flags text, signed integer, createdAt integer, envelopeId text?, position integer, mustView integer, certificateId text, revision integer',
    revisions:
      'documentId text, number integer, kind text, segmentId text, sha256 text, length integer, segmentLength integer, recipientId text?, withValues integer, createdAt integer',
    envelopes:
      'id text, tenant text, number text, title text, controlNumber text, message text, senderName text, senderEmail text, senderContact text, transactionDate text?, transactionCounterparty text?, transactionAmount integer?, status text, deadline integer, createdAt integer, sentAt integer?, completedAt integer?, fence integer, leaseUntil integer',
    recipients:
      'id text, tenant text, envelopeId text, position integer, signingOrder integer, name text, organization text, email text, locale text, mayDelegate integer, status text, statusAt integer, fields text, signatureFields text, codeHint text, codeHash blob?, codeSalt blob?, codeSubject text, tries integer, lockedAt integer?',
    tokens:
      'hash text, kind text, tenant text, envelopeId text, recipientId text, origin text?, createdAt integer, expiresAt integer, usedBy text?, usedAt integer?, endedState text?',
    sessions:
      'id text, tenant text, envelopeId text, recipientId text, jkt text, jwk text, origin text, via text, createdAt integer, lastSeenAt integer, openedAt integer?, endedState text?',
    sessionTokens: 'hash text, sessionId text, expiresAt integer',
    deliveries: 'sessionId text, documentId text, number integer, bytes integer',
    views: 'recipientId text, documentId text, at integer',
    drafts: 'recipientId text, sealed blob, savedAt integer',
    acts: 'id text, tenant text, envelopeId text, recipientId text, sessionId text, state text, at integer, idempotencyKey text, bodyHash text, consent text, consentSignature text, withValues integer, sealed blob?',
    outbox: 'id text, kind text, payload text, dueAt integer, leaseUntil integer, attempts integer, doneAt integer?, createdAt integer',
    mails: 'id text, toAddress text, subject text, sealed blob, sentAt integer',
    tickets: 'hash text, documentId text, number integer, expiresAt integer',
    proofs: 'id text, expiresAt integer',
    audit: 'envelopeId text, seq integer, at integer, type text, data text, prev text, hash text, mac text',
  },
  indexes: [
    ['documents', 'envelopeId'],
    ['recipients', 'envelopeId'],
    ['tokens', 'recipientId'],
    ['sessions', 'recipientId'],
    ['sessionTokens', 'sessionId'],
    ['acts', 'envelopeId'],
    ['proofs', 'expiresAt'],
    ['tickets', 'expiresAt'],
    ['outbox', 'doneAt, dueAt'],
  ],
};
