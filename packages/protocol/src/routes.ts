/** The version that client and server must agree on; a session start tells the server's. */
export const protocolVersion = 1;

const id = encodeURIComponent;

/** Paths of every route, relative to the server's origin. The `:name` forms are for the server's router. */
export const routes = {
  sessions: '/v1/sessions',
  session: (sessionId: string) => `/v1/sessions/${id(sessionId)}`,
  accessCode: (sessionId: string) => `/v1/sessions/${id(sessionId)}/access-code`,
  resume: (sessionId: string) => `/v1/sessions/${id(sessionId)}/resume`,
  draft: (sessionId: string) => `/v1/sessions/${id(sessionId)}/draft`,
  completion: (sessionId: string) => `/v1/sessions/${id(sessionId)}/completion`,
  decline: (sessionId: string) => `/v1/sessions/${id(sessionId)}/decline`,
  delegation: (sessionId: string) => `/v1/sessions/${id(sessionId)}/delegation`,
  events: (sessionId: string) => `/v1/sessions/${id(sessionId)}/events`,
  revision: (documentId: string, sha256: string) => `/v1/documents/${id(documentId)}/revisions/${id(sha256)}`,
  progress: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}/progress`,
  downloads: '/v1/downloads',
  file: (ticket: string) => `/v1/files/${id(ticket)}`,
  documents: '/v1/documents',
  envelopes: '/v1/envelopes',
  envelope: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}`,
  send: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}/send`,
  voidEnvelope: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}/void`,
  certificate: (envelopeId: string, documentId: string) => `/v1/envelopes/${id(envelopeId)}/documents/${id(documentId)}/certificate`,
  audit: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}/audit`,
  webhooks: '/v1/webhooks',
  webhook: (webhookId: string) => `/v1/webhooks/${id(webhookId)}`,
  remind: (envelopeId: string) => `/v1/envelopes/${id(envelopeId)}/remind`,
  unlock: (envelopeId: string, recipientId: string) => `/v1/envelopes/${id(envelopeId)}/recipients/${id(recipientId)}/unlock`,
  resend: (envelopeId: string, recipientId: string) => `/v1/envelopes/${id(envelopeId)}/recipients/${id(recipientId)}/resend`,
  embedTokens: (envelopeId: string, recipientId: string) =>
    `/v1/envelopes/${id(envelopeId)}/recipients/${id(recipientId)}/embed-tokens`,
} as const;
