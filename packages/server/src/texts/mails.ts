import type { Locale } from '@sky-sign/protocol';
import type { MailTemplate } from '../outbox/enqueue.js';

/** What a mail may speak of; plain text without line ends (subjects are header lines). */
export interface MailFacts {
  readonly sender: string;
  readonly contact: string;
  readonly title: string;
  readonly number: string;
  /** The person written to. */
  readonly name: string;
  readonly organization: string;
  readonly message: string;
  readonly deadline: Date;
  readonly documents: readonly { readonly name: string; readonly sha256: string }[];
  /** Whose act it is about, its reason, or where it was done: see the template. */
  readonly about: string;
  readonly link: string;
  /** Who is written to approves, and does not sign. */
  readonly approves: boolean;
}

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

const day = (date: Date, locale: Locale): string => new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'long', timeZone: 'Asia/Tokyo' }).format(date);
const list = (documents: MailFacts['documents']): string => documents.map(({ name }) => `・${name}`).join('\n');
const hashes = (documents: MailFacts['documents']): string => documents.map(({ name, sha256 }) => `・${name}\n  SHA-256: ${sha256}`).join('\n');
const greeting = ({ organization, name }: MailFacts): string => [organization, `${name} 様`].filter(Boolean).join('\n');
const words = ({ message, sender }: MailFacts): string => (message === '' ? '' : `\n${sender} 様からの伝言:\n${message}\n`);
const ask = ({ contact, sender }: MailFacts): string => `お問い合わせ先: ${sender}${contact === '' ? '' : ` ${contact}`}`;
const askEn = ({ contact, sender }: MailFacts): string => `Questions: ${sender}${contact === '' ? '' : `, ${contact}`}`;

const ja: Readonly<Record<MailTemplate, (facts: MailFacts) => MailText>> = {
  request: (f) => ({
    subject: `${f.sender} 様より「${f.title}」への${f.approves ? '確認' : '署名'}依頼が届いています`,
    body: `${greeting(f)}\n\n${f.sender} 様より、${f.approves ? '文書の確認と承認' : '電子署名'}の依頼が届いています。\n下のリンクを開き、差出人から案内されたアクセスコードを入力して、内容を確認のうえ${f.approves ? '承認' : '署名'}してください。\n${words(f)}\n件名: ${f.title}\n期限: ${day(f.deadline, 'ja')}\n\n${f.link}\n\nこのメールに心当たりがない場合は、リンクを開かず、差出人へお問い合わせください。\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  reminder: (f) => ({
    subject: `【リマインド】${f.sender} 様からの「${f.title}」の${f.approves ? '確認' : '署名'}依頼をお待ちしています`,
    body: `${greeting(f)}\n\n先にお送りした${f.sender} 様からの依頼は、まだ${f.approves ? '承認' : '署名'}が済んでいません。\n期限までに、下のリンクを開いてお手続きください。すでにお済みの場合は、このメールは不要です。\n\n件名: ${f.title}\n期限: ${day(f.deadline, 'ja')}\n\n${f.link}\n\nこのメールに心当たりがない場合は、リンクを開かず、差出人へお問い合わせください。\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  completed: (f) => ({
    subject: '電子署名完了のお知らせ',
    body: `${greeting(f)}\n\n「${f.title}」について、すべての署名が完了しました。\n署名済みの文書は、下のリンクから14日間ダウンロードできます。\n\n${list(f.documents)}\n\n${f.link}\n\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  locked: (f) => ({
    subject: '署名依頼の受付を停止しました',
    body: `${greeting(f)}\n\nアクセスコードが繰り返し間違って入力されたため、文書を守るために ${f.sender} 様からの依頼の受付を停止しました。\n心当たりがない場合も、差出人へお問い合わせください。\n\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  lockedSender: (f) => ({
    subject: `「${f.title}」の署名依頼の受付を停止しました`,
    body: `${greeting(f)}\n\n${f.about} 様のアクセスコードが繰り返し間違って入力されたため、受付を停止しました。\n本人に確認のうえ、受付を再開するか、新しい依頼をお送りください。受付の再開は3回までできます。\n\n封筒番号: ${f.number}`,
  }),
  embeddedAct: (f) => ({
    subject: `「${f.title}」${f.approves ? 'が承認されました' : 'に電子署名が行われました'}`,
    body: `${greeting(f)}\n\n次のページで、あなたの名前で${f.approves ? '承認' : '電子署名'}が行われました。\nページ: ${f.about}\n件名: ${f.title}\n\n${hashes(f.documents)}\n\n心当たりがない場合は、すぐに差出人へお知らせください。\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  declined: (f) => ({
    subject: `「${f.title}」の署名が辞退されました`,
    body: `${greeting(f)}\n\n「${f.title}」の署名が辞退されました。\n理由: ${f.about}\n\n封筒番号: ${f.number}`,
  }),
  voided: (f) => ({
    subject: `「${f.title}」の署名依頼が取り消されました`,
    body: `${greeting(f)}\n\n${f.sender} 様が「${f.title}」の署名依頼を取り消しました。お手元のリンクは使えません。\n理由: ${f.about}\n\n${ask(f)}\n封筒番号: ${f.number}`,
  }),
  undeliverable: (f) => ({
    subject: `「${f.title}」のメールを届けられませんでした`,
    body: `${greeting(f)}\n\n${f.about} 様へのメールを届けられませんでした。メールアドレスを確認してください。\n正しい宛先へ送るには、この依頼を取り消して、新しい依頼をお送りください。\n\n封筒番号: ${f.number}`,
  }),
  delegated: (f) => ({
    subject: `「${f.title}」の署名者が変更されました`,
    body: `${greeting(f)}\n\n「${f.title}」の署名が、${f.about} 様に依頼されました。\n\n封筒番号: ${f.number}`,
  }),
};

const en: typeof ja = {
  request: (f) => ({
    subject: `${f.sender} asks you to ${f.approves ? 'approve' : 'sign'} "${f.title}"`,
    body: `${f.name}\n\n${f.sender} asks you to ${f.approves ? 'check and approve documents' : 'sign documents electronically'}. Open the link, enter the access code that the sender gave you, check the documents and ${f.approves ? 'approve' : 'sign'}.\n${f.message === '' ? '' : `\n${f.message}\n`}\nSubject: ${f.title}\nUntil: ${day(f.deadline, 'en')}\n\n${f.link}\n\nIf you did not expect this, do not open the link and ask the sender.\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  reminder: (f) => ({
    subject: `Reminder: ${f.sender} is waiting for you to ${f.approves ? 'approve' : 'sign'} "${f.title}"`,
    body: `${f.name}\n\nThe request of ${f.sender} that we sent you earlier is still open. Please open the link before it ends. If you have done so already, this mail needs no answer.\n\nSubject: ${f.title}\nUntil: ${day(f.deadline, 'en')}\n\n${f.link}\n\nIf you did not expect this, do not open the link and ask the sender.\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  completed: (f) => ({
    subject: 'All have signed',
    body: `${f.name}\n\nAll have signed "${f.title}". You can download the documents for 14 days.\n\n${list(f.documents)}\n\n${f.link}\n\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  locked: (f) => ({
    subject: 'A request to sign was locked',
    body: `${f.name}\n\nWrong access codes were entered again and again, so we locked the request of ${f.sender} to protect the documents. Please ask the sender, also if this was not you.\n\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  lockedSender: (f) => ({
    subject: `"${f.title}" was locked`,
    body: `${f.name}\n\nWrong access codes were entered again and again for ${f.about}; the request is locked. Ask the person, then unlock it (three times at most) or send a new request.\n\nNumber: ${f.number}`,
  }),
  embeddedAct: (f) => ({
    subject: `"${f.title}" was ${f.approves ? 'approved' : 'signed'}`,
    body: `${f.name}\n\nDocuments were ${f.approves ? 'approved' : 'signed'} in your name on this page:\n${f.about}\nSubject: ${f.title}\n\n${hashes(f.documents)}\n\nIf this was not you, tell the sender at once.\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  declined: (f) => ({ subject: `"${f.title}" was declined`, body: `${f.name}\n\n"${f.title}" was declined.\nReason: ${f.about}\n\nNumber: ${f.number}` }),
  voided: (f) => ({
    subject: `"${f.title}" was taken back`,
    body: `${f.name}\n\n${f.sender} took the request "${f.title}" back. Your link opens nothing any more.\nReason: ${f.about}\n\n${askEn(f)}\nNumber: ${f.number}`,
  }),
  undeliverable: (f) => ({
    subject: `A mail about "${f.title}" could not be delivered`,
    body: `${f.name}\n\nOur mail to ${f.about} could not be delivered. Check the address; to use another one, take this request back and send a new one.\n\nNumber: ${f.number}`,
  }),
  delegated: (f) => ({ subject: `Somebody else signs "${f.title}"`, body: `${f.name}\n\n${f.about} was asked to sign "${f.title}".\n\nNumber: ${f.number}` }),
};

/** What the button of a mail says. */
export const mailActions = {
  ja: { open: '署名画面を開く', download: '文書をダウンロードする' },
  en: { open: 'Open the documents', download: 'Download the documents' },
} as const satisfies Record<Locale, unknown>;

export const mailTexts = { ja, en } as const satisfies Record<Locale, unknown>;
