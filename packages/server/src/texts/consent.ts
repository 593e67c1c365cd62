import type { Locale, RecipientRole } from '@sky-sign/protocol';
import { sha256Hex, utf8 } from '../bytes.js';

interface ConsentText {
  readonly id: string;
  readonly text: string;
}

/** What a person agrees to. A changed text gets a new id; old ones stay, because records name them. */
export const consentTexts: Readonly<Record<'sign' | 'approve', Readonly<Record<Locale, ConsentText>>>> = {
  sign: {
    ja: {
      id: 'sign-1-ja',
      text: 'すべての文書を確認し、電子署名で契約することに同意します。私が入力した内容と署名画像を文書に記し、サービス提供者の電子署名（立会人型）を付けることを依頼します。同じ順番の他の署名者が先に署名した場合は、その署名が加わった文書に署名します。',
    },
    en: {
      id: 'sign-1-en',
      text: 'I have checked every document and agree to sign electronically. I ask the service to set what I entered and my seal into the documents and to add its electronic signature on my behalf. Where another person whose turn is the same as mine signs first, I sign the document with that signature added.',
    },
  },
  approve: {
    ja: {
      id: 'approve-1-ja',
      text: 'すべての文書を確認し、承認します。承認は操作ログに記録され、文書に署名は付きません。同じ順番の署名者が先に署名した場合は、その署名が加わった文書を承認します。',
    },
    en: {
      id: 'approve-1-en',
      text: 'I have checked every document and approve them. The approval is kept in the log; no signature is added to the documents. Where a signer whose turn is the same as mine signs first, I approve the document with that signature added.',
    },
  },
};

export async function consentFor(crypto: Crypto, { locale, role }: { locale: Locale; role: RecipientRole }): Promise<ConsentText & { sha256: string; locale: Locale }> {
  const { id, text } = consentTexts[role === 'approver' ? 'approve' : 'sign'][locale];
  return { id, text, sha256: await sha256Hex(crypto, utf8(text)), locale };
}
