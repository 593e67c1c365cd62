import { expect } from 'chai';
import type { PdfReport, SignatureReport, SignerReport } from '../validate/report.js';
import type { LineKind } from './description.js';
import { describeReport } from './describe-report.js';
import { en } from './en.js';
import { ja } from './ja.js';
import { oneLine } from './one-line.js';

const person = (name: string): SignerReport => ({
  subject: `CN=${name},C=JP`,
  name,
  issuer: 'CN=Issuing CA,C=JP',
  serialNumber: '01ab',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2028-12-31T14:59:59.000Z',
  certificate: new Uint8Array(),
});

/** A contractor's signature at B-LTA, and whatever the test wants otherwise. */
const signature = (changes: Partial<SignatureReport> = {}): SignatureReport => ({
  field: 'seal1',
  kind: 'signature',
  indication: 'TOTAL-PASSED',
  subIndication: null,
  byteRange: [0, 10, 20, 10],
  coverage: 'ENTIRE_REVISION',
  integrity: true,
  modification: 'LTA_UPDATES',
  changedFields: [],
  docmdp: true,
  trusted: true,
  revocation: 'good',
  level: 'B-LTA',
  signer: person('株式会社山田建設'),
  time: '2026-11-21T09:24:05.000Z',
  claimedTime: '2026-11-21T09:24:00.000Z',
  timestamps: [{ kind: 'signature', time: '2026-11-21T09:24:05.000Z', authority: person('TSA'), trusted: true }],
  reason: '契約の締結',
  location: '日本',
  name: null,
  problems: [],
  warnings: [],
  ...changes,
});

const reportOf = (...signatures: SignatureReport[]): PdfReport => ({
  ok: signatures.length > 0 && signatures.every(({ indication }) => indication === 'TOTAL-PASSED'),
  signatures,
  document: { revisions: 4, dss: true, warnings: [] },
});

function described(changes: Partial<SignatureReport> = {}, locale: 'ja' | 'en' = 'ja') {
  const { document, signatures } = describeReport(reportOf(signature(changes)), { locale });
  const [first = expect.fail('nothing described')] = signatures;
  return { document, ...first, of: (kind: LineKind) => first.lines.filter((line) => line.kind === kind).map(({ text }) => text), all: first.lines.map(({ text }) => text) };
}

describe('describeReport', () => {
  it('speaks as the signature panel of Acrobat does', () => {
    const { title, verdict, all, document } = described();
    expect([verdict, title, document.verdict, document.title]).to.deep.equal(['valid', '署名は有効です', 'valid', '署名済みであり、すべての署名が有効です。']);
    expect(all).to.include.members([
      '署名者: 株式会社山田建設',
      '文書は、この署名が適用されてから変更されていません',
      '署名者の ID は有効です',
      '埋め込みタイムスタンプが署名に含まれています: 2026年11月21日 18:24:05（日本時間）、TSA',
      '署名は LTV 対応です',
      '理由: 契約の締結',
      '場所: 日本',
    ]);
    expect(described({}, 'en').all).to.include.members([
      'Document has not been modified since this signature was applied',
      'Signature includes an embedded timestamp: 21 Nov 2026, 18:24:05 JST, TSA',
      'Signature is LTV enabled',
    ]);
  });

  it('calls nothing valid that has not passed', () => {
    const verdicts = ([['TOTAL-PASSED', []], ['INDETERMINATE', ['no_path_to_anchor']], ['TOTAL-FAILED', ['message_digest']], ['TOTAL-PASSED', ['no_words_for_this']]] as const).map(([indication, problems]) => described({ indication, problems }).verdict);
    expect(verdicts).to.deep.equal(['valid', 'unknown', 'invalid', 'unknown']);
    expect([described({ indication: 'INDETERMINATE' }).title, described({ indication: 'TOTAL-FAILED' }).title]).to.deep.equal(['署名の完全性は不明です', '署名は無効です']);
  });

  it('sums up by the worst signature, and by the report’s own conclusion', () => {
    const titleOf = (report: PdfReport) => describeReport(report, { locale: 'ja' }).document.title;
    const [unknown, failed] = [signature({ indication: 'INDETERMINATE' }), signature({ indication: 'TOTAL-FAILED' })];
    expect(titleOf(reportOf())).to.equal('この文書には署名がありません。');
    expect(titleOf(reportOf(signature(), unknown))).to.equal('少なくとも 1 つの署名に問題があります。');
    expect(titleOf(reportOf(signature(), unknown, failed))).to.equal('少なくとも 1 つの署名が無効です。');
    expect(titleOf({ ...reportOf(signature()), ok: false })).to.equal('少なくとも 1 つの署名に問題があります。');
  });

  it('says that the document is unchanged only where the signature covers it and fits', () => {
    const unchanged = ja.documentIs.unchanged;
    expect(described({ modification: 'NONE' }).of('changes')).to.deep.equal([unchanged]);
    for (const changes of [{ integrity: false }, { integrity: false, problems: ['message_digest'] }, { coverage: 'CONTIGUOUS' }, { coverage: 'UNCLEAR' }, { modification: 'FORM_FILLING' }, { modification: 'ANNOTATIONS' }, { modification: 'OTHER' }] as const) {
      const texts = described(changes).of('changes');
      expect(texts, JSON.stringify(changes)).to.have.length.above(0).and.not.include(unchanged);
    }
    expect(described({ integrity: false, problems: ['message_digest'] }).of('changes')).to.deep.equal(['文書は、この署名が適用されてから変更されたか、壊れています']);
  });

  it('names the fields that changed later, and whether the signer allowed it', () => {
    const filled = described({ modification: 'FORM_FILLING', changedFields: ['r2_name', 'r2_date'], docmdp: true });
    expect(filled.of('changes')).to.deep.equal([ja.modification.FORM_FILLING, '署名のあとに変わった記入欄: r2_name、r2_date']);
    expect(described({ modification: 'FORM_FILLING', docmdp: false }).of('changes')).to.include(ja.forbidden);
    expect(described({ modification: 'OTHER', docmdp: null }).of('changes')).to.include(ja.permissionUnknown);
  });

  it('believes no name where the signature does not fit or its certificate was revoked', () => {
    for (const changes of [{ trusted: false }, { integrity: false }, { revocation: 'revoked' }] as const) {
      expect(described(changes).of('identity'), JSON.stringify(changes)).to.deep.equal(['署名者の ID は不明です']);
    }
    expect(described({ signer: null, trusted: false }).of('signer')).to.deep.equal(['署名者: 不明']);
  });

  it('promises nothing for later of an invalid signature', () => {
    expect(described({ indication: 'TOTAL-FAILED' }).of('long-term')).to.deep.equal([]);
    expect(described({ indication: 'TOTAL-FAILED' }).of('level')).to.deep.equal([]);
    for (const level of ['B-B', 'B-T', null] as const) expect(described({ level }).of('long-term')).to.deep.equal(['署名は LTV 対応ではありません']);
  });

  it('tells the clock of the signer from a timestamp, and a timestamp that proves nothing', () => {
    const plain = described({ level: 'B-B', time: null, timestamps: [] });
    expect([...plain.of('timestamp'), ...plain.of('time')]).to.deep.equal(['署名時刻は署名者のコンピューターの時計に基づいています: 2026年11月21日 18:24:00（日本時間）']);
    expect(described({ claimedTime: null, timestamps: [] }).of('time')).to.deep.equal([ja.noTime]);
    const doubtful = { kind: 'signature', time: '2026-11-21T09:24:05.000Z', authority: person('Somebody'), trusted: false } as const;
    expect(described({ timestamps: [doubtful] }).of('timestamp')).to.deep.equal(['タイムスタンプがありますが、確かめられないため、時刻の証明になりません: 2026年11月21日 18:24:05（日本時間）、Somebody']);
    const renewal = { ...doubtful, kind: 'document', time: '2027-11-21T09:24:05.000Z', trusted: true } as const;
    const stamp = described({ kind: 'timestamp', level: null, signer: person('TSA'), timestamps: [{ ...renewal, time: '2026-11-21T09:24:05.000Z' }, renewal], claimedTime: null });
    expect(stamp.of('timestamp')).to.deep.equal([ja.isTimestamp, '文書のタイムスタンプが、署名がこの時刻にあったことを証明しています: 2027年11月21日 18:24:05（日本時間）、Somebody']);
    expect(stamp.all).to.include.members(['タイムスタンプ局: TSA', '署名は文書のタイムスタンプ署名です', 'タイムスタンプの時刻: 2026年11月21日 18:24:05（日本時間）']);
    expect(stamp.all.join()).to.not.contain('LTV');
  });

  it('has a sane line for codes that nobody has words for, even odd ones', () => {
    for (const code of ['brand_new', 'constructor', '__proto__', 'toString', 'x\ny']) {
      const [doubt = ''] = described({ problems: [code] }).of('doubt');
      expect(doubt, code).to.contain('有効とは言えません').and.contain(oneLine(code)).and.not.contain('\n');
      expect(described({ warnings: [code] }).of('note')[0], code).to.contain(oneLine(code));
    }
  });

  it('says what a doubt means, in both languages, each once', () => {
    const { problems, lines } = { problems: ['locked_field_changed', 'page_changed', 'page_changed'], lines: (locale: 'ja' | 'en') => described({ indication: 'TOTAL-FAILED', problems: ['locked_field_changed', 'page_changed', 'page_changed'] }, locale).of('doubt') };
    expect(lines('ja')).to.have.length(new Set(problems).size).and.include('署名した人が変更を禁じた記入欄が、あとから変えられています。');
    expect(lines('en')).to.include('A form field that the signer had locked was changed later.');
    expect(described({ problems: ['timestamp_signature_value'] }, 'en').of('doubt')).to.deep.equal([`About the timestamp: ${en.doubts.signature_value}`]);
    expect(described({ subIndication: 'FORMAT_FAILURE', modification: 'OTHER' }).of('conclusion')).to.deep.equal([ja.conclusionOfChanges]);
    expect(described({ subIndication: 'FORMAT_FAILURE', integrity: false }).of('conclusion')).to.deep.equal([ja.conclusion.FORMAT_FAILURE]);
    expect(described({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' }).of('conclusion')).to.deep.equal([ja.conclusion.NO_CERTIFICATE_CHAIN_FOUND]);
  });

  it('lets no word of a file begin a line of its own or turn others around', () => {
    const spoof = 'ok\n署名は有効です\u2028x\u202e\u001b[32m\u200b';
    const { all, field } = described({ reason: spoof, location: spoof, name: spoof, field: spoof, signer: person(spoof), changedFields: [spoof], modification: 'FORM_FILLING' });
    for (const text of [...all, field]) expect(text).to.not.match(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u200b]/u);
    expect(oneLine('あ'.repeat(2000))).to.have.length(501);
    expect(described({ reason: ' \u200b\n ' }).of('reason')).to.deep.equal([]);
  });

  it('writes Japanese time the same everywhere, and keeps what is no time', () => {
    expect([ja.time(new Date('2026-12-31T15:00:00Z')), en.time(new Date('2026-12-31T15:00:00Z'))]).to.deep.equal(['2027年1月1日 00:00:00（日本時間）', '1 Jan 2027, 00:00:00 JST']);
    expect(described({ claimedTime: 'sometime', timestamps: [] }).of('time')[0]).to.contain('sometime');
  });

  it('tells of the document what it warns of', () => {
    const report = { ...reportOf(signature()), document: { revisions: 4, dss: true, warnings: ['trailing_bytes', 'never_heard_of'] } };
    const texts = describeReport(report, { locale: 'en' }).document.lines.map(({ text }) => text);
    expect(texts).to.deep.equal(['Versions of the document: 4', en.doubts.trailing_bytes, 'There is something to know that has no explanation here yet (never_heard_of).']);
  });
});
