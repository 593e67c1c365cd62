// What the download page says, in the recipient's language.

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const ja = {
  page: '文書のダウンロード',
  loading: '読み込んでいます。',
  title: '全ての手続きが完了しました',
  said: 'すべての方の署名が終わりました。電子署名の付いた文書をダウンロードできます。',
  days: (days, until) => `ダウンロードできる期間は、あと${days}日です。${until}を過ぎると、このページは開けなくなります。`,
  subject: '件名',
  from: '差出人',
  number: '封筒番号',
  documents: '文書',
  download: 'ダウンロード',
  downloadOf: (name) => `ダウンロード　${name}`,
  certificate: '契約締結証明書',
  certificateOf: (name) => `契約締結証明書　${name}`,
  writing: '作成しています',
  wait: '契約締結証明書を作成しています。できあがると、この画面からダウンロードできます。',
  notYet: '契約締結証明書は、まだできていません。少し待ってから、もう一度確認してください。',
  looking: '確認しています。',
  ready: '契約締結証明書ができました。',
  lookAgain: 'もう一度確認する',
  lost: '通信が切れたため、ダウンロードできませんでした。通信を確認して、もう一度お試しください。',
  progress: '署名の進行状況',
  states: { waiting: '待機中', active: '確認中', sealing: '署名中', signed: '署名済み', declined: '辞退', delegated: '委任済み' },
  approved: '承認済み',
  copy: '受領者',
  you: 'あなた',
  separator: '　',
  missing: 'ページが見つかりません（Not Found）',
  missingSaid: 'リンクの有効期限が切れたか、リンクの一部が欠けています。メールのリンク全体から開き直してください。期限が切れた後に文書が必要なときは、差出人へお問い合わせください。',
  failed: '読み込めませんでした',
  failedSaid: '通信が切れたか、サーバーが応じませんでした。通信を確認して、もう一度お試しください。',
  retry: 'もう一度試す',
  moment: ({ year, month, day, time }) => `${year}年${month}月${day}日 ${time}（日本時間）`,
};

const en = {
  page: 'Download documents',
  loading: 'Loading.',
  title: 'Everything is complete',
  said: 'Everybody has signed. You can download the signed documents.',
  days: (days, until) => `You can download them for ${days} more ${days === 1 ? 'day' : 'days'}: until ${until}.`,
  subject: 'Subject',
  from: 'Sender',
  number: 'Number',
  documents: 'Documents',
  download: 'Download',
  downloadOf: (name) => `Download ${name}`,
  certificate: 'Certificate of contract',
  certificateOf: (name) => `certificate of contract, ${name}`,
  writing: 'Being written',
  wait: 'The certificate of contract is being written. It will be here in a moment.',
  notYet: 'The certificate of contract is not ready yet. Wait a moment, then look again.',
  looking: 'Looking.',
  ready: 'The certificate of contract is ready.',
  lookAgain: 'Look again',
  lost: 'The connection was lost, so nothing was downloaded. Check that you are online, then try again.',
  progress: 'Progress',
  states: { waiting: 'Waiting', active: 'In progress', sealing: 'Signing', signed: 'Signed', declined: 'Declined', delegated: 'Handed on' },
  approved: 'Approved',
  copy: 'Gets a copy',
  you: 'You',
  separator: ', ',
  missing: 'Not Found',
  missingSaid: 'The link has expired, or a part of it is missing. Open the whole link in your mail again. If you need the documents after that, contact the sender.',
  failed: 'The page could not be loaded',
  failedSaid: 'The connection was lost, or the server did not answer. Check that you are online, then try again.',
  retry: 'Try again',
  moment: ({ year, month, day, time }) => `${day} ${months[month - 1]} ${year}, ${time} JST`,
};

/** The words of a language; of `undefined`, those that the browser asks for first. */
export function wordsFor(lang) {
  const asked = lang === undefined ? navigator.languages : [lang];
  const found = asked.map((each) => each.slice(0, 2)).find((each) => each === 'ja' || each === 'en');
  return found === 'en' ? { lang: 'en', ...en } : { lang: 'ja', ...ja };
}

/** Japanese time wherever the reader is, as in the documents; Japan keeps no summer time. */
export function momentOf(iso, words) {
  const there = new Date(Date.parse(iso) + 9 * 3_600_000);
  const time = [there.getUTCHours(), there.getUTCMinutes()].map((each) => String(each).padStart(2, '0')).join(':');
  return words.moment({ year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate(), time });
}

export const sizeOf = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
