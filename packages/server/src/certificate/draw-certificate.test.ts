import { bytesSource } from '@sky-sign/pades';
import { expect } from 'chai';
import { loadFont } from '../drawings/font.js';
import { japaneseFont } from '../node/japanese-font.js';
import { readText } from '../node/read-text.js';
import type { CertificateFacts } from './certificate-facts.js';
import { drawCertificate } from './draw-certificate.js';

const facts: CertificateFacts = {
  document: { name: '契約書', certificateId: '0123456789abcdef0123456789abcdef', sha256: 'a'.repeat(64), length: 48_213, pages: 3 },
  controlNumber: '',
  envelopeNumber: '5507-0638-6375',
  title: '工事請負契約',
  creator: { name: '青葉市', email: 'city@example.jp' },
  sentAt: 0,
  completedAt: 0,
  operations: [],
  audit: { seq: 16, hash: 'b'.repeat(64) },
};

describe('what a contract certificate says of the ID', () => {
  const textOf = async (document: Partial<CertificateFacts['document']>): Promise<string> => {
    const pdf = await drawCertificate(loadFont(await japaneseFont()()), { ...facts, document: { ...facts.document, ...document } });
    const pages = await readText(bytesSource(pdf));
    return pages.flat().map(({ text }) => text).join('').normalize('NFKC').replace(/\s/gu, '');
  };

  it('is nothing of pages that have none: a document that came signed is not printed on', async () => {
    const text = await textOf({ certificateId: '' });
    expect(text).to.include('文書には印字されていません').and.include('封筒番号5507-0638-6375');
    expect(text).to.not.include('左下');
    expect(text).to.not.include('締結証明書ID5507-0638-6375');
  });

  it('is where to find it on the pages', async () => {
    const text = await textOf({});
    expect(text).to.include('各ページの左下').and.include('締結証明書ID0123456789abcdef0123456789abcdef');
  });
});
