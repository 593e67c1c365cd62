import type { LoadedFont } from '../drawings/font.js';
import type { CertificateFacts, Operation } from './certificate-facts.js';
import { createSheet } from './sheet.js';
import type { Cell } from './sheet.js';

/** 契約締結証明書: who agreed to which bytes, when, from where, and how they were recognised. */
export async function drawCertificate(font: LoadedFont, facts: CertificateFacts): Promise<Uint8Array> {
  const { document, creator, operations, audit } = facts;
  const sheet = await createSheet(font, { title: `契約締結証明書 ${document.name}` });
  const line = (label: string, ...values: Cell[]): void => sheet.row([[{ text: label, muted: true }], values], [28, 72]);

  sheet.title('契約締結証明書');
  line('文書名', { text: document.name, size: 11 });
  line('件名', { text: facts.title });
  line('管理番号', { text: facts.controlNumber || '（なし）' });
  line('封筒番号', { text: facts.envelopeNumber });
  line('文書作成者', { text: creator.name }, { text: creator.email });
  line('締結証明書ID', { text: document.certificateId || '（署名済みの文書として受け付けたため、文書には印字されていません）', size: 11 });
  line('送信日時', { text: japaneseTime(facts.sentAt) });
  line('締結完了日時', { text: japaneseTime(facts.completedAt) });
  line('締結後の文書', { text: `${String(document.pages)}ページ　${document.length.toLocaleString('ja-JP')}バイト` }, { text: 'SHA-256', size: 8, muted: true }, { text: document.sha256, size: 8 });

  sheet.heading('署名の記録');
  const shares = [27, 33, 40];
  sheet.row([[{ text: '操作日時・IPアドレス', size: 8, muted: true }], [{ text: '署名方法', size: 8, muted: true }], [{ text: '署名者情報', size: 8, muted: true }]], shares);
  for (const operation of operations) sheet.row(cellsOf(operation), shares);

  sheet.heading('この証明書について');
  line('操作ログ', { text: `${String(audit.seq)}件目まで` }, { text: audit.hash, size: 8 });
  const printed = document.certificateId === '' ? '' : '締結証明書IDは、文書の各ページの左下にあるIDと一致します。';
  sheet.note(
    `契約印タイプ（立会人型）の署名は、署名者の意思に基づいて、このサービスの事業者が電子署名とタイムスタンプを付したものです。${printed}文書が改変されていないことは、文書のSHA-256を計算し、この証明書の値と比べて確かめられます。この証明書にも電子署名とタイムスタンプが付いています。`,
  );
  if (font.missing(JSON.stringify(facts)) !== undefined) sheet.note('〓 は、この証明書の書体にない文字です。');
  return sheet.save(document.certificateId === '' ? `封筒番号 ${facts.envelopeNumber}` : `締結証明書ID ${document.certificateId}`);
}

function cellsOf({ at, address, name, organization, email, means, consentSha256, act }: Operation): Cell[][] {
  return [
    [{ text: japaneseTime(at) }, { text: address === '' ? '（消去済み）' : address }],
    [{ text: act === 'approve' ? '承認（確認者、文書への署名なし）' : '契約印タイプ（立会人型）' }, { text: `本人確認: ${meansText(means)}`, size: 8 }, { text: '同意の記録 (SHA-256)', size: 7, muted: true }, { text: consentSha256, size: 6 }],
    [...(organization === '' ? [] : [{ text: organization }]), { text: name, size: 11 }, { text: email }],
  ];
}

function meansText({ via, origin, code }: Operation['means']): string {
  const way = via === 'hosted' ? 'メール' : `埋め込み（${origin}）`;
  return code ? `${way}＋アクセスコード` : way;
}

/** 2026-11-22 10:32:16 (JST) */
function japaneseTime(at: number): string {
  const shifted = new Date(at + 9 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} (JST)`;
}
