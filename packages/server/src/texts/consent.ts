import type { Locale } from '@sky-sign/protocol';
import { sha256Hex, utf8 } from '../bytes.js';

/** What a person agrees to. A changed text gets a new id; old ones stay, because records name them. */
export const consentTexts: Readonly<Record<Locale, { readonly id: string; readonly text: string }>> = {
  ja: {
    id: 'sign-1-ja',
    text: 'すべての文書を確認し、電子署名で契約することに同意します。私が入力した内容と署名画像を文書に記し、サービス提供者の電子署名（立会人型）を付けることを依頼します。同じ順番の他の署名者が先に署名した場合は、その署名が加わった文書に署名します。',
  },
  en: {
    id: 'sign-1-en',
    text: 'I have checked every document and agree to sign electronically. I ask the service to set what I entered and my seal into the documents and to add its electronic signature on my behalf. Where another person whose turn is the same as mine signs first, I sign the document with that signature added.',
  },
};

export async function consentFor(crypto: Crypto, locale: Locale): Promise<{ id: string; text: string; sha256: string; locale: Locale }> {
  const { id, text } = consentTexts[locale];
  return { id, text, sha256: await sha256Hex(crypto, utf8(text)), locale };
}
