import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fetchRevision } from '@sky-sign/client';
import { isSkySignError } from '@sky-sign/client/sender';
import { expect } from 'chai';
import { judgeOutside } from './outside.js';
import { endDemo, runDemo } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { fieldsOfOne, openMailed, sendOne, signEverything } from './through-the-api.js';

const folder = process.env['SKY_SIGN_CORPUS'];
const signable = [
  'jp-2p', 'jp-50p-objstm', 'jp-50p-linearized', 'jp-2p-rot90', 'jp-2p-oddbox', 'jp-2p-acroform', 'jp-2p-signed', 'scan-100K', 'obj-100K', 'jp-2p-trailinggarbage',
];
const refused = { 'jp-2p-aes256-userpw': 'document_encrypted', 'jp-2p-truncated': 'document_broken' };
const text = '株式会社髙﨑 𠮷田㈱';

if (!folder || !existsSync(folder)) console.log('SKY_SIGN_CORPUS names no folder: the uploads of real and odd files are not tested here.');
else
  describe('real and odd files, uploaded, sent and signed', () => {
    let demo: RunningDemo;
    before(async () => (demo = await runDemo()));
    after(() => endDemo(demo));
    const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, `${name}.pdf`)));

    for (const name of signable) {
      it(`signs ${name}`, async () => {
        const upload = read(name);
        // Who signs what others have signed already only adds a signature: anything else would break theirs.
        const isSigned = name.endsWith('-signed');
        await sendOne(demo, name, upload, isSigned ? fieldsOfOne.slice(1, 2) : fieldsOfOne);
        const { connection, session } = await openMailed(demo, name);
        const { status, session: signed } = await signEverything(connection, session, text);
        expect(status).to.equal('signed');
        const [document] = signed.documents;
        const bytes = await fetchRevision(connection, { documentId: document!.id, sha256: document!.sha256, begin: 0, end: document!.length });
        expect(Buffer.compare(bytes.subarray(0, upload.length), upload)).to.equal(0);
        const verdict = judgeOutside(bytes, path.join(demo.dataDir, 'pki/root.pem'), isSigned ? 1 : 0);
        expect(verdict).to.include({ signatures: isSigned ? 2 : 1, timestamps: 1 });
        // The order of extracted characters depends on how the page is turned.
        if (!isSigned) expect([...text.replaceAll(' ', '')].filter((character) => !verdict.text.includes(character))).to.deep.equal([]);
      });
    }

    for (const [name, code] of Object.entries(refused)) {
      it(`refuses ${name} with ${code}`, async () => {
        const error = await sendOne(demo, name, read(name)).then(() => undefined, (reason: unknown) => reason);
        expect(isSkySignError(error, code as 'document_encrypted')).to.equal(true);
      });
    }
  });
