import type { EnvelopeInput } from '@sky-sign/protocol';
import { places } from './documents.js';

/** What the contractor types in the demo. */
export const demoAccessCode = '4126';

/** Page numbers of the places in the two demo documents. */
const contractPage = 3;
const privacyPage = 2;

/** The demo envelope for the two uploaded `demoDocuments`, in their order. */
export function demoEnvelope(documentIds: readonly [string, string]): EnvelopeInput {
  const [contract, privacy] = documentIds;
  const onContract = { document: 0, page: contractPage };
  return {
    title: '旧庁舎跡地 造成工事 請負契約',
    controlNumber: '青財契第2026－114号',
    message: '内容をご確認のうえ、所在地と電話番号を入力し、署名をお願いします。',
    sender: { name: '青葉市 財政部契約課', email: 'keiyaku@city.aoba.example', contact: '電話 022-000-1234（平日 8時30分～17時15分）' },
    transaction: { date: '2026-11-21', counterparty: '株式会社山田建設', amount: 48_620_000 },
    documents: [{ id: contract }, { id: privacy }],
    recipients: [
      {
        name: '山田 太郎',
        organization: '株式会社山田建設',
        email: 'yamada@yamada-kensetsu.example',
        order: 1,
        accessCode: demoAccessCode,
        accessCodeHint: '電子契約同意書兼メールアドレス申出書に記入した4桁の数字です。',
        mayDelegate: true,
        fields: [
          { ...onContract, kind: 'date', rect: [...places.contractDate], label: '契約締結日', guide: '契約を締結する日を選んでください。' },
          { ...onContract, kind: 'text', rect: [...places.address], label: '所在地', guide: '登記された本店の所在地を入力してください。', maxLength: 60 },
          { ...onContract, kind: 'signature', rect: [...places.contractorSeal], label: '受注者の印' },
          { ...onContract, kind: 'text', rect: [...places.telephone], label: '電話番号', guide: '市外局番から入力してください。', input: 'tel' },
          { ...onContract, kind: 'checkbox', rect: [...places.antisocial], label: '反社会的勢力に該当しないことの確約' },
          { ...onContract, kind: 'text', rect: [...places.remarks], label: '備考', required: false, multiline: true, maxLength: 300, fontSize: 10 },
          { document: 1, page: privacyPage, kind: 'signature', rect: [...places.privacySeal], label: '受注者の印' },
        ],
      },
      {
        name: '契約担当',
        organization: '青葉市',
        email: 'keiyaku@city.aoba.example',
        order: 2,
        fields: [{ ...onContract, kind: 'signature', rect: [...places.citySeal], label: '発注者の印' }],
      },
    ],
    send: true,
  };
}
