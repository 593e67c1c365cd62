import {
  accessCodeEntry, auditLine, completionRequest, completionResult, declineRequest, delegationRequest, downloadPage, downloadStart, draft, draftSaved, embedToken, embedTokenInput,
  envelopeInput, envelopePage, envelopeSearchQuery, envelopeView, openedSession, progress, sessionEvent, sessionIntro, sessionResume, sessionStart, signingSession, uploadedDocument, voidRequest,
  webhookCreated, webhookInput, webhookList,
} from '@sky-sign/protocol';
import type { ErrorCode } from '@sky-sign/protocol';
import * as v from 'valibot';
import type { Scope } from '../auth/grants.js';
import { examples, ids } from './examples.js';

/** Who may call: a back end by key, a person's session (token and proof), the proof of a key alone, or whoever has what is in the body or path. */
export type Auth = { readonly apiKey: Scope } | 'session' | 'proof' | 'none' | 'sessionOrKey';

export type Body = { readonly schema: v.GenericSchema; readonly example: unknown } | { readonly type: 'application/pdf' } | { readonly type: 'application/jsonl'; readonly schema: v.GenericSchema; readonly example: unknown } | 'empty';

export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `{id}`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly auth: Auth;
  /** Example of each `{…}`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: { readonly schema: v.GenericSchema; readonly example: Readonly<Record<string, string>> };
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: Exclude<Body, 'empty'> & { readonly optional?: true };
  readonly responses: Readonly<Record<number, Body>>;
  /** Beside those that its kind of credential has. */
  readonly problems: readonly ErrorCode[];
}

const pdf = { type: 'application/pdf' } as const;
const envelope = { id: ids.envelope };
const recipient = { id: ids.envelope, recipientId: ids.recipient };
const shown = { schema: envelopeView, example: examples.view };
const refusedUploads: readonly ErrorCode[] = ['document_too_large', 'document_not_pdf', 'document_encrypted', 'document_xfa', 'document_broken', 'document_active_content', 'document_ambiguous', 'document_hidden_content', 'document_attachments', 'document_too_complex', 'document_infected', 'document_locked', 'document_signature_broken', 'service_unavailable'];
const flag = v.optional(v.picklist(['true', 'false']));

const sender: readonly Operation[] = [
  { method: 'post', path: '/v1/documents', id: 'uploadDocument', summary: 'Uploads one PDF: the body is the file itself', auth: { apiKey: 'documents:write' }, query: { schema: v.object({ name: v.pipe(v.string(), v.minLength(1)), sanitize: flag, allowAttachments: flag }), example: { name: '工事請負契約書' } }, request: pdf, responses: { 201: { schema: uploadedDocument, example: examples.uploaded } }, problems: ['request_invalid', ...refusedUploads] },
  { method: 'post', path: '/v1/envelopes', id: 'createEnvelope', summary: 'Makes an envelope of uploaded documents: a draft, or at once on its way', auth: { apiKey: 'envelopes:write' }, request: { schema: envelopeInput, example: examples.envelopeInput }, responses: { 201: shown }, problems: ['request_invalid', 'not_found', 'envelope_state', 'access_code_weak', 'anchor_not_found', 'document_locked', 'document_too_large', 'service_unavailable'] },
  { method: 'get', path: '/v1/envelopes', id: 'searchEnvelopes', summary: 'Finds envelopes by date, counterparty, amount, control number, state and title, newest first', auth: { apiKey: 'envelopes:read' }, query: { schema: envelopeSearchQuery, example: { counterparty: '山田建設', dateFrom: '2026-04-01', amountFrom: '1000000' } }, responses: { 200: { schema: envelopePage, example: examples.page } }, problems: ['request_invalid'] },
  { method: 'get', path: '/v1/envelopes/{id}', id: 'getEnvelope', summary: 'How an envelope stands', auth: { apiKey: 'envelopes:read' }, params: envelope, responses: { 200: shown }, problems: ['not_found'] },
  { method: 'post', path: '/v1/envelopes/{id}/send', id: 'sendEnvelope', summary: 'Sends a draft; sending twice is harmless', auth: { apiKey: 'envelopes:write' }, params: envelope, responses: { 200: shown }, problems: ['not_found', 'envelope_state', 'document_locked'] },
  { method: 'post', path: '/v1/envelopes/{id}/remind', id: 'remind', summary: 'Mails a reminder to everybody whose turn it is', auth: { apiKey: 'envelopes:write' }, params: envelope, responses: { 200: shown }, problems: ['not_found', 'envelope_state'] },
  { method: 'post', path: '/v1/envelopes/{id}/void', id: 'voidEnvelope', summary: 'Takes an envelope back before it is completed', auth: { apiKey: 'envelopes:write' }, params: envelope, request: { schema: voidRequest, example: examples.void }, responses: { 200: shown }, problems: ['request_invalid', 'not_found', 'envelope_state'] },
  { method: 'post', path: '/v1/envelopes/{id}/recipients/{recipientId}/unlock', id: 'unlockRecipient', summary: 'Opens what wrong access codes had locked, three times at most; a new link is mailed', auth: { apiKey: 'envelopes:write' }, params: recipient, responses: { 200: shown }, problems: ['not_found', 'envelope_state', 'unlock_limit'] },
  { method: 'post', path: '/v1/envelopes/{id}/recipients/{recipientId}/resend', id: 'resendRequest', summary: 'Mails the request to one person with a new link; the old one dies', auth: { apiKey: 'envelopes:write' }, params: recipient, responses: { 200: shown }, problems: ['not_found', 'envelope_state'] },
  { method: 'post', path: '/v1/envelopes/{id}/recipients/{recipientId}/embed-tokens', id: 'createEmbedToken', summary: 'A token for the element on one page: one exchange, five minutes', auth: { apiKey: 'embed' }, params: recipient, request: { schema: embedTokenInput, example: examples.embedInput }, responses: { 201: { schema: embedToken, example: examples.embedToken } }, problems: ['request_invalid', 'origin_not_allowed', 'not_found', 'envelope_state'] },
  { method: 'get', path: '/v1/envelopes/{id}/audit', id: 'getAuditLog', summary: 'The log of an envelope, a JSON object a line', auth: { apiKey: 'audit:read' }, params: envelope, responses: { 200: { type: 'application/jsonl', schema: auditLine, example: examples.auditLine } }, problems: ['not_found'] },
  { method: 'get', path: '/v1/envelopes/{id}/documents/{documentId}/certificate', id: 'fetchCertificate', summary: 'The contract certificate of a document, once the envelope is completed', auth: { apiKey: 'envelopes:read' }, params: { id: ids.envelope, documentId: ids.document }, responses: { 200: pdf }, problems: ['not_found', 'range_not_satisfiable'] },
  { method: 'post', path: '/v1/webhooks', id: 'createWebhook', summary: 'Names an address that is called when something happens', auth: { apiKey: 'webhooks' }, request: { schema: webhookInput, example: examples.webhookInput }, responses: { 201: { schema: webhookCreated, example: examples.webhookCreated } }, problems: ['request_invalid'] },
  { method: 'get', path: '/v1/webhooks', id: 'listWebhooks', summary: 'The addresses that are called', auth: { apiKey: 'webhooks' }, responses: { 200: { schema: webhookList, example: examples.webhookList } }, problems: [] },
  { method: 'delete', path: '/v1/webhooks/{id}', id: 'deleteWebhook', summary: 'An address is not called any more', auth: { apiKey: 'webhooks' }, params: { id: ids.webhook }, responses: { 204: 'empty' }, problems: ['not_found'] },
];

const own = { id: ids.session };
const dead: readonly ErrorCode[] = ['link_ended', 'access_code_locked'];

const signing: readonly Operation[] = [
  { method: 'post', path: '/v1/sessions', id: 'startSession', summary: 'Exchanges a link or embed token for a session of the key that made the proof', auth: 'proof', request: { schema: sessionStart, example: examples.sessionStart }, responses: { 201: { schema: sessionIntro, example: examples.sessionIntro } }, problems: ['request_invalid', 'link_unknown', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/access-code', id: 'enterAccessCode', summary: 'Opens the envelope; an empty code where none is asked', auth: 'proof', params: own, request: { schema: accessCodeEntry, example: examples.accessCode }, responses: { 200: { schema: openedSession, example: examples.opened } }, problems: ['request_invalid', 'session_invalid', 'session_superseded', 'access_code_wrong', 'rate_limited', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/resume', id: 'resumeSession', summary: 'A fresh token for the same key, without the code. Where a link or embed token comes with it, only one for the same person’s request: else `session_invalid`', auth: 'proof', params: own, request: { schema: sessionResume, example: examples.sessionStart, optional: true }, responses: { 200: { schema: openedSession, example: examples.opened } }, problems: ['request_invalid', 'session_invalid', 'session_superseded', ...dead] },
  { method: 'get', path: '/v1/sessions/{id}', id: 'getSession', summary: 'Everything that a recipient may know', auth: 'session', params: own, responses: { 200: { schema: signingSession, example: examples.session } }, problems: ['not_found', ...dead] },
  { method: 'put', path: '/v1/sessions/{id}/draft', id: 'saveDraft', summary: 'Keeps what was entered so far', auth: 'session', params: own, request: { schema: draft, example: examples.draft }, responses: { 200: { schema: draftSaved, example: examples.draftSaved } }, problems: ['request_invalid', 'not_found', 'not_your_turn', 'field_invalid', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/completion', id: 'complete', summary: 'Signs (or approves): everything at once. 202 where the act is accepted and the signature follows', auth: 'session', params: own, headers: { 'Idempotency-Key': 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6' }, request: { schema: completionRequest, example: examples.completion }, responses: { 200: { schema: completionResult, example: examples.completed }, 202: { schema: completionResult, example: examples.sealing } }, problems: ['request_invalid', 'not_found', 'not_your_turn', 'document_changed', 'envelope_state', 'idempotency_mismatch', 'field_invalid', 'seal_invalid', 'consent_invalid', 'service_unavailable', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/decline', id: 'decline', summary: 'Ends the envelope for everybody, with a reason', auth: 'session', params: own, request: { schema: declineRequest, example: examples.decline }, responses: { 204: 'empty' }, problems: ['request_invalid', 'not_found', 'not_your_turn', 'envelope_state', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/delegation', id: 'delegate', summary: 'Hands the request to a colleague', auth: 'session', params: own, request: { schema: delegationRequest, example: examples.delegation }, responses: { 204: 'empty' }, problems: ['request_invalid', 'not_found', 'not_your_turn', 'envelope_state', ...dead] },
  { method: 'post', path: '/v1/sessions/{id}/events', id: 'recordEvent', summary: 'A document was viewed or downloaded', auth: 'session', params: own, request: { schema: sessionEvent, example: examples.event }, responses: { 204: 'empty' }, problems: ['request_invalid', 'not_found', ...dead] },
  { method: 'get', path: '/v1/documents/{id}/revisions/{sha256}', id: 'fetchRevision', summary: 'Immutable bytes of a document, whole or in ranges', auth: 'sessionOrKey', params: { id: ids.document, sha256: ids.sha256 }, responses: { 200: pdf, 206: pdf, 304: 'empty' }, problems: ['not_found', 'range_not_satisfiable', ...dead] },
  { method: 'get', path: '/v1/envelopes/{id}/progress', id: 'getProgress', summary: 'Who has acted, and who is next', auth: 'session', params: envelope, responses: { 200: { schema: progress, example: examples.progress } }, problems: ['not_found', ...dead] },
];

const after: readonly Operation[] = [
  { method: 'post', path: '/v1/downloads', id: 'openDownload', summary: 'What the link of the completion mail opens: each file by a ticket of a minute', auth: 'none', request: { schema: downloadStart, example: examples.downloadStart }, responses: { 200: { schema: downloadPage, example: examples.downloadPage } }, problems: ['request_invalid', 'not_found'] },
  { method: 'get', path: '/v1/files/{ticket}', id: 'fetchFile', summary: 'The file of a ticket', auth: 'none', params: { ticket: ids.ticket }, responses: { 200: pdf, 206: pdf, 304: 'empty' }, problems: ['not_found', 'range_not_satisfiable'] },
  { method: 'get', path: '/openapi.json', id: 'openapi', summary: 'This document', auth: 'none', responses: { 200: { schema: v.looseObject({ openapi: v.string() }), example: { openapi: '3.1.0' } } }, problems: [] },
];

/** Every route, in the order in which people read about them. */
export const operations: readonly Operation[] = [...sender, ...signing, ...after];
export const senderOperations = sender;
