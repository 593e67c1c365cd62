import { readFile } from 'node:fs/promises';
import { Crypto } from '@peculiar/webcrypto';
import { createTestPki, createTsa } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource, concatSource } from '../byte-source.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { signPdf } from '../sign/sign-pdf.js';
import { hash } from '../testing/envelope.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { validatePdf } from '../validate/validate-pdf.js';
import { fileSource, nodeHash } from './index.js';
import { inFolder } from './testing/tools.js';

describe('signing from a file in Node', () => {
  it('uses the keys of @peculiar/webcrypto, and another Crypto agrees', async () => {
    const crypto = new Crypto();
    const pki = await createTestPki({ crypto });
    const tsa = createTsa({ crypto, ...(await pki.issue({ commonName: 'TSA', usage: 'tsa' })) });
    const signer = { crypto, ...(await pki.issue({ commonName: '青葉市', usage: 'signer', keyType: 'RSA-2048' })) };
    await inFolder(async (file) => {
      const path = file('contract.pdf', await samplePdf());
      const source = await fileSource(path);
      const prepared = await preparePdf(source, { fields: [{ kind: 'signature', name: 'seal', page: 1, rect: [400, 80, 460, 140] }] });
      const { delta, byteRange, level } = await signPdf(concatSource(source, prepared), { signer, hash: nodeHash, field: 'seal', at: new Date(), timestamp: { request: tsa, anchors: [pki.root.certificate] } });
      await source.close();
      const whole = joinBytes([await readFile(path), prepared, delta]);
      expect(level).to.equal('B-T');
      expect(byteRange[2] + byteRange[3]).to.equal(whole.length);
      const options = { anchors: [pki.root.certificate] };
      expect((await validatePdf(bytesSource(whole), { ...options, hash: nodeHash, crypto })).ok).to.equal(true);
      expect((await validatePdf(bytesSource(whole), { ...options, hash, crypto: globalThis.crypto })).ok).to.equal(true);
    });
  });
});
