import type { SkySignErrorCode } from '@sky-sign/client';
import type { EndedReason } from '../store/state.js';

interface ErrorWords {
  readonly title: string;
  readonly body: string;
}
const errors: Partial<Record<SkySignErrorCode, ErrorWords>> = {
  network_failed: { title: '通信できませんでした', body: 'インターネットにつながっていることを確認して、もう一度お試しください。入力した内容はなくなりません。' },
  part_unavailable: { title: '画面の一部を読み込めませんでした', body: 'インターネットにつながっていることを確認して、もう一度お試しください。続く場合は、ページを再読み込みしてください。保存された入力から続けられます。' },
  timed_out: { title: 'サーバーから返事がありませんでした', body: '混み合っていることがあります。少し待って、もう一度お試しください。' },
  rate_limited: { title: '操作が続いたため、少しの間受け付けられません', body: '10分ほど待って、もう一度お試しください。' },
  service_unavailable: { title: 'ただいまサーバーを利用できません', body: '少し待って、もう一度お試しください。入力した内容はなくなりません。' },
  internal_error: { title: 'サーバーで問題が起きました', body: '少し待って、もう一度お試しください。続く場合は、差出人へご連絡ください。' },
  origin_not_allowed: { title: 'このページでは開けません', body: '署名の依頼は、届け出のあったページでだけ開けます。メールのリンクから開き直してください。' },
  server_mismatch: { title: 'このページの設定に誤りがあります', body: '別のサーバー用の鍵が渡されたため、送信しませんでした。ページの管理者へご連絡ください。' },
  server_invalid: { title: 'このページの設定に誤りがあります', body: '接続先が正しく設定されていません。ページの管理者へご連絡ください。' },
  session_missing: { title: '開く依頼がわかりません', body: 'メールのリンクから開き直してください。リンクが途中で切れている場合は、全体を写して開いてください。' },
  token_unavailable: { title: '手続きを始められませんでした', body: 'このページから、手続きの鍵を受け取れませんでした。少し待って、もう一度お試しください。続く場合は、ページを開き直すか、このページの窓口へご連絡ください。' },
  protocol_mismatch: { title: 'このページは古くなっています', body: 'ページを再読み込みしてください。続く場合は、ページの管理者へご連絡ください。' },
  crypto_unavailable: { title: 'このページでは署名できません', body: '安全な接続（https）で開き直してください。' },
  bytes_differ: { title: '文書を正しく受け取れませんでした', body: '受け取った内容が、差出人の文書と一致しません。署名せずに、差出人へご連絡ください。' },
  document_changed: { title: '文書が新しくなりました', body: 'ほかの方の署名などで文書が更新されました。内容を確認して、もう一度完了してください。' },
  field_invalid: { title: '入力した内容を確認してください', body: '赤い欄を直して、もう一度完了してください。' },
  seal_invalid: { title: '署名画像を確認してください', body: '赤い欄の署名画像を作り直して、もう一度完了してください。' },
  consent_invalid: { title: '同意の記録を確かめられませんでした', body: 'ページを再読み込みして、もう一度完了してください。何も署名されていません。' },
  idempotency_mismatch: { title: 'もう一度完了してください', body: '前の送信と内容が違うため、受け付けませんでした。何も署名されていません。' },
};

/** The words that are needed before the access code, and when nothing else can be shown. */
export const ja = {
  lang: 'ja',
  common: {
    required: '必須',
    requiredMark: '※必須',
    optional: '任意',
    cancel: 'キャンセル',
    close: '閉じる',
    retry: 'もう一度試す',
    back: '戻る',
    sending: '送信しています',
    loading: '読み込んでいます',
    requestFrom: (sender: string) => `${sender} からの署名依頼`,
    deadline: (date: string) => `期限 ${date}`,
    document: (number: number) => `文書${number}`,
    documentName: (number: number, name: string) => `文書${number}　${name}`,
    separator: '　',
  },
  code: {
    title: 'アクセスコードの入力',
    lead: (sender: string) => `${sender}から、電子契約の文書が届いています。アクセスコードを入力すると、文書を確認できます。`,
    leadOpen: (sender: string) => `${sender}から、電子契約の文書が届いています。`,
    titleOpen: '電子契約のお願い',
    hintTitle: '差出人からの案内',
    label: 'アクセスコード',
    hint: '半角で入力してください。',
    hintDigits: '半角数字で入力してください。',
    next: '次へ',
    open: '文書を開く',
    checking: '確認しています',
    help: (sender: string, contact: string) => `アクセスコードがわからない場合は、${sender}${contact ? `（${contact}）` : ''}へご連絡ください。`,
    helpOpen: (sender: string, contact: string) => `ご不明な点は、${sender}${contact ? `（${contact}）` : ''}へお問い合わせください。`,
    missing: 'アクセスコードを入力してください。差出人からの案内に記載があります。',
    wrong: (left: number | undefined) =>
      `アクセスコードが違います。差出人からの案内を確認して、もう一度入力してください。${left === undefined ? '' : `あと${left}回入力できます。`}`,
  },
  locked: {
    title: 'この依頼を開けなくなりました',
    body: (sender: string) => `アクセスコードを5回間違えたため、文書を守るために受付を止めました。${sender}へお知らせしました。`,
    nextTitle: '次にしていただくこと',
    nextBody: '下記の担当へご連絡ください。担当者が手続きをすると、新しい署名依頼のメールが届きます。この画面は閉じてかまいません。',
    contactName: '連絡先',
    contact: 'お問い合わせ',
    reference: 'お問い合わせ番号',
    someone: '差出人',
  },
  waiting: {
    title: 'まだ順番ではありません',
    body: '前の方の署名が終わると、メールでお知らせします。この画面は閉じてかまいません。',
  },
  ended: {
    title: {
      signed: 'この手続きは済んでいます',
      completed: 'この手続きは完了しています',
      declined: 'この依頼は辞退により終わりました',
      voided: 'この依頼は取り消されました',
      expired: 'この依頼は期限を過ぎました',
      replaced: 'このリンクは新しいものに替わりました',
      unknown: 'この依頼は見つかりません',
      session: '時間がたったため、画面を閉じました',
      superseded: 'ほかの画面で開いたため、この画面を閉じました',
      paused: '入力した内容を保存しました',
    } as Record<EndedReason, string>,
    body: {
      signed: 'ご自身の手続きはすでに終わっています。すべての署名が終わると、メールでお知らせします。',
      completed: '完了のメールにあるリンクから、文書をダウンロードできます。',
      declined: '辞退・差戻しがあったため、この依頼はもう開けません。続けていただくことはありません。',
      voided: '差出人が依頼を取り消しました。署名の必要はありません。',
      expired: '署名が必要な場合は、差出人へご連絡ください。新しい依頼を送ってもらえます。',
      replaced: '一番新しい署名依頼のメールから開いてください。',
      unknown: 'リンクが途中で切れているか、使えなくなっています。メールのリンク全体から開き直してください。',
      session: '文書を守るため、一定の時間で閉じます。入力した内容は保存しています。メールのリンク、または元のページから開き直してください。',
      superseded: '同じ依頼は、新しい順に3つの画面まで開いておけます。それまでに入力した内容は保存しています。新しい画面で続けてください。この画面でも、アクセスコードから開き直せます。',
      paused: '署名はまだ終わっていません。期限までに、メールのリンク、または元のページから続けられます。この画面は閉じてかまいません。',
    } as Record<EndedReason, string>,
    goOn: '続ける',
    reopen: '開き直す',
    pausedApprover: '承認はまだ終わっていません。期限までに、メールのリンク、または元のページから続けられます。この画面は閉じてかまいません。',
    ask: (sender: string, contact: string) => `お問い合わせ：${sender}${contact ? `（${contact}）` : ''}`,
  },
  outcomes: {
    declined: '署名を辞退しました',
    declinedApprover: '承認を辞退しました',
    declinedBody: (sender: string) => `${sender}へお知らせしました。この画面は閉じてかまいません。`,
    delegated: '他の方に依頼しました',
    delegatedBody: '依頼した方へメールを送りました。この画面は閉じてかまいません。',
    sealing: '受け付けました',
    sealingBody: '内容を受け付けました。電子署名とタイムスタンプの付与に時間がかかっています。この画面を閉じても手続きは進み、終わるとメールでお知らせします。',
  },
  errors: {
    of: (code: SkySignErrorCode): ErrorWords =>
      errors[code] ?? { title: '問題が起きました', body: `もう一度お試しください。続く場合は、この番号を添えて差出人へご連絡ください：${code}` },
  },
};
