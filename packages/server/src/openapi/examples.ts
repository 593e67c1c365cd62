import type { AuditLine, CompletionRequest, CompletionResult, DownloadPage, EmbedToken, EnvelopeInput, EnvelopePage, EnvelopeView, Field, OpenedSession, Progress, Seal, SessionIntro, SigningSession, UploadedDocument, WebhookCreated, WebhookInput, WebhookView } from '@sky-sign/protocol';

// One story for all routes: a city sends a contract, a contractor signs it.

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const ids = {
  document: 'doc_Wm5kq0QeTzKX1hVY4pJc8A',
  envelope: 'env_b3JkZXItMjAyNi0wMDEyMw',
  recipient: 'rcp_eWFtYWRhLXRhcm8tMDAwMQ',
  session: 'ses_c2Vzc2lvbi0wMDAwMDAwMQ',
  field: 'fld_ZmllbGQtMDAwMDAwMDAwMQ',
  webhook: 'whk_d2ViaG9vay0wMDAwMDAwMQ',
  sha256,
  /** Of a download link and of a file; the real ones open something. */
  ticket: 'skf_RXhhbXBsZS1vZi1hLXRpY2tldC1mb3ItZG9jcw',
} as const;

const city = { name: '青葉市 財政部契約課', contact: '022-000-1234（平日 8:30–17:15）' };
const title = '市道12号線 舗装工事請負契約';
const progressOfContractor = { id: ids.recipient, name: '山田 太郎', organization: '株式会社山田建設', role: 'signer', order: 1, status: 'active', at: '2026-11-22T01:00:00.000Z' } as const;
const consentText = { id: 'sign-1-ja', sha256, locale: 'ja' } as const;

/** A radio group of the PDF's own form: each place is a button. */
const ofForm: Field = {
  id: 'fld_ZmllbGQtMDAwMDAwMDAwMg',
  documentId: ids.document,
  kind: 'radio',
  page: 1,
  rect: [100, 550, 15, 15],
  required: true,
  label: '申請の区分',
  guide: '',
  input: 'text',
  multiline: false,
  maxLength: 200,
  fontSize: 11,
  options: [{ value: '0', label: '新規の申請' }, { value: '1', label: '更新' }],
  places: [{ page: 1, rect: [100, 550, 15, 15], value: '0' }, { page: 1, rect: [160, 550, 15, 15], value: '1' }],
};

const session: SigningSession = {
  sessionId: ids.session,
  envelope: { id: ids.envelope, title, controlNumber: '契-2026-0123', message: 'ご確認のうえ、署名をお願いします。', status: 'sent', deadline: '2026-12-22T01:00:00.000Z' },
  sender: city,
  recipient: { id: ids.recipient, name: '山田 太郎', organization: '株式会社山田建設', email: 'yamada@yamada-kensetsu.example', locale: 'ja', role: 'signer', status: 'active', mayDelegate: false, mayDecline: true },
  documents: [{ id: ids.document, name: '工事請負契約書', revision: 1, sha256, length: 48213, pages: 2, mustView: false }],
  fields: [{ id: ids.field, documentId: ids.document, kind: 'signature', page: 1, rect: [400, 600, 70, 70], required: true, label: '受注者', guide: '', input: 'text', multiline: false, maxLength: 200, fontSize: 11 }, ofForm],
  othersFields: [],
  recipients: [{ ...progressOfContractor, you: true }],
  consent: { ...consentText, text: 'すべての文書を確認し、電子署名で契約することに同意します。' },
  limits: { sealBytes: 5242880 },
};
const opened: OpenedSession = { token: 'sks_RXhhbXBsZS1vZi1hLXRva2VuLW9mLWEtc2Vzc2lvbg', tokenExpiresAt: '2026-11-22T01:15:00.000Z', session };

const view: EnvelopeView = {
  id: ids.envelope,
  title,
  number: '1234-5678-9012',
  status: 'sent',
  documents: [{ id: ids.document, name: '工事請負契約書', certificateId: '0123456789abcdef0123456789abcdef', revision: 1, sha256, length: 48213 }],
  recipients: [{ ...progressOfContractor, email: 'yamada@yamada-kensetsu.example' }],
  warnings: [],
};
const webhook: WebhookView = { id: ids.webhook, url: 'https://portal.example/hooks/sky-sign', events: ['envelope.completed', 'envelope.declined'], createdAt: '2026-11-22T01:00:00.000Z' };

const handwriting: Seal = { fieldId: ids.field, kind: 'handwriting', curves: [[0.72, 0.5, 6.1, 3.2, 1.4, 7.8, 0.6, 9.4, 4.2], [0.51, 9.4, 4.2, 11.1, 7.9, 14.6, 9.3, 19.5, 8.8], [0.9, 22.4, 3.1, 22.4, 3.1, 22.4, 3.1, 22.4, 3.1]], widthMm: 23.2, heightMm: 10 };

/** Bodies as they go over the wire. */
export const examples = {
  problem: { type: 'urn:sky-sign:problem:not_found', title: 'not found', status: 404, code: 'not_found', detail: 'There is nothing here for these credentials.' },
  uploaded: { id: ids.document, name: '工事請負契約書', length: 47120, sha256, originalSha256: sha256, pages: 2, flags: [], attachments: [] } satisfies UploadedDocument,
  envelopeInput: {
    title,
    controlNumber: '契-2026-0123',
    message: 'ご確認のうえ、署名をお願いします。',
    sender: { name: city.name, email: 'keiyaku@aoba.example', contact: city.contact },
    transaction: { date: '2026-11-30', counterparty: '株式会社山田建設', amount: 12_100_000 },
    documents: [{ id: ids.document, mustView: true }],
    recipients: [
      {
        name: '山田 太郎',
        organization: '株式会社山田建設',
        email: 'yamada@yamada-kensetsu.example',
        accessCode: '739152',
        accessCodeHint: '電子契約同意書兼メールアドレス申出書に書かれた6桁の数字です。',
        fields: [
          { document: 0, kind: 'signature', page: 1, rect: [400, 600, 70, 70], label: '受注者' },
          { document: 0, kind: 'text', page: 1, rect: [72, 480, 220, 22], label: '所在地' },
          { document: 0, kind: 'text', pdfField: 'applicant.number', label: '登録番号', input: 'number' },
          { document: 0, kind: 'radio', pdfField: 'kind', label: '申請の区分', options: [{ value: '0', label: '新規の申請' }] },
        ],
      },
      { name: '契約 花子', organization: '青葉市', email: 'hanako@aoba.example', order: 2, role: 'approver' },
      { name: '会計 次郎', organization: '青葉市', email: 'jiro@aoba.example', role: 'copy' },
    ],
    send: true,
  } satisfies EnvelopeInput,
  view,
  page: { envelopes: [{ id: ids.envelope, title, number: '1234-5678-9012', status: 'sent', controlNumber: '契-2026-0123', transaction: { date: '2026-11-30', counterparty: '株式会社山田建設', amount: 12_100_000 }, createdAt: '2026-11-22T01:00:00.000Z' }], next: 'MDAxNzY3' } satisfies EnvelopePage,
  void: { reason: '金額に誤りがありました。' },
  embedInput: { origin: 'https://portal.example' },
  embedToken: { token: 'ske_1a2b3c4d_RXhhbXBsZS1vZi1hbi1lbWJlZC10b2tlbg', expiresAt: '2026-11-22T01:05:00.000Z' } satisfies EmbedToken,
  auditLine: { envelopeId: ids.envelope, seq: 1, at: '2026-11-22T01:00:00.000Z', type: 'created', data: { keyId: '1a2b3c4d' }, personal: { address: '192.0.2.7' }, prev: '', hash: sha256 } satisfies AuditLine,
  webhookInput: { url: webhook.url, events: ['envelope.completed', 'envelope.declined'] } satisfies WebhookInput,
  webhookCreated: { ...webhook, secret: 'whsec_RXhhbXBsZS1vZi1hLXNlY3JldC1vZi1hLXdlYmhvb2s=' } satisfies WebhookCreated,
  webhookList: { webhooks: [webhook] },
  sessionStart: { linkToken: 'skl_RXhhbXBsZS1vZi1hLWxpbmstaW4tYS1tYWlsLTAwMQ' },
  sessionIntro: { sessionId: ids.session, protocolVersion: 1, sender: city, reference: '1234-5678-9012', locale: 'ja', accessCodeRequired: true, accessCodeHint: '申出書に書かれた6桁の数字です。', triesLeft: 5 } satisfies SessionIntro,
  accessCode: { accessCode: '739152' },
  session,
  opened,
  draft: { values: [{ fieldId: ids.field, value: '宮城県青葉市1-2-3' }, { fieldId: ofForm.id, value: '0' }], seals: [handwriting] },
  draftSaved: { savedAt: '2026-11-22T01:05:00.000Z' },
  completion: {
    consent: { v: 1, envelopeId: ids.envelope, recipientId: ids.recipient, sessionId: ids.session, act: 'sign', documents: [{ id: ids.document, revision: 1, sha256, length: 48213 }], valuesSha256: sha256, sealsSha256: sha256, consentText, clientTime: '2026-11-22T01:10:00.000Z' },
    consentSignature: 'eyJhbGciOiJFUzI1NiJ9..RXhhbXBsZQ',
    values: [],
    seals: [{ fieldId: ids.field, kind: 'text', png: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGO4pqBwFYQZYAwAOnQGGbEfyXUAAAAASUVORK5CYII=', widthMm: 21, heightMm: 21 }],
  } satisfies CompletionRequest,
  completed: { status: 'signed', session: { ...session, recipient: { ...session.recipient, status: 'signed', mayDecline: false } } } satisfies CompletionResult,
  sealing: { status: 'sealing', session: { ...session, recipient: { ...session.recipient, status: 'sealing', mayDecline: false } } } satisfies CompletionResult,
  decline: { reason: '工期の条件が合いません。' },
  delegation: { name: '山田 花子', email: 'hanako@yamada-kensetsu.example' },
  event: { type: 'viewed', documentId: ids.document },
  progress: { status: 'sent', recipients: [{ ...progressOfContractor, you: true }] } satisfies Progress,
  downloadStart: { token: 'skd_RXhhbXBsZS1vZi1hLWRvd25sb2FkLWxpbmstMDAwMQ' },
  downloadPage: {
    envelope: { title, number: '1234-5678-9012' },
    sender: city.name,
    documents: [{ id: ids.document, name: '工事請負契約書', sha256, length: 91234, path: `/v1/files/${ids.ticket}`, certificate: { sha256, length: 51234, path: `/v1/files/${ids.ticket}` } }],
    recipients: [{ ...progressOfContractor, status: 'signed', you: true }],
    expiresAt: '2026-12-06T01:00:00.000Z',
    daysLeft: 14,
  } satisfies DownloadPage,
} as const;
