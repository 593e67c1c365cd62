// Calls of the page to its own back end, which holds the API key.
const words = {
  document_encrypted: 'パスワードで保護されているため受け付けられません。保護を外した PDF をお使いください。',
  document_broken: 'ファイルが壊れているため受け付けられません。元のソフトで PDF を作り直してください。',
  document_not_pdf: 'PDF ではありません。',
  document_xfa: 'XFA フォームは受け付けられません。通常の PDF に印刷してからお使いください。',
  document_active_content: 'スクリプトなどの動く内容が含まれているため受け付けられません。',
  document_signature_broken: '含まれている電子署名が壊れています。',
  document_too_large: 'ファイルが大きすぎます。',
  access_code_weak: 'アクセスコードが推測されやすいため使えません。4文字以上で、連番や同じ文字の繰り返しでないものにしてください。',
};

/** An answer that was no success, in words for the person at the screen. */
export class ApiError extends Error {}

async function call(path, init) {
  let response;
  try {
    response = await fetch(`/portal/api/${path}`, init);
  } catch {
    throw new ApiError('サーバーにつながりません。通信を確認して、もう一度お試しください。');
  }
  const body = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(words[body?.code] ?? `受け付けられませんでした。${body?.detail ?? ''}`);
  return body;
}

const json = (body) => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) });

export const uploadDocument = (file) => call(`documents?name=${encodeURIComponent(file.name.replace(/\.pdf$/iu, ''))}`, { method: 'POST', headers: { 'Content-Type': 'application/pdf' }, body: file });
export const sendEnvelope = (envelope) => call('envelopes', json(envelope));
export const findEnvelopes = (query) => call(`envelopes?${new URLSearchParams(query)}`);
export const getEnvelope = (id) => call(`envelopes/${encodeURIComponent(id)}`);
export const remind = (id) => call(`envelopes/${encodeURIComponent(id)}/remind`, json());
export const takeBack = (id, reason) => call(`envelopes/${encodeURIComponent(id)}/void`, json({ reason }));
export const fileAddress = (id, documentId, what) => `/portal/api/envelopes/${encodeURIComponent(id)}/documents/${encodeURIComponent(documentId)}/${what}`;
export const auditAddress = (id) => `/portal/api/envelopes/${encodeURIComponent(id)}/audit`;
