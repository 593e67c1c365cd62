// A server process for `crash.test.ts`: SQLite under DATA_DIR, one envelope of one signer; it completes and stops at STOP_AT
// for ever, so that the test can kill it there. Started again without STOP_AT it only works its outbox off.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Crypto } from '@peculiar/webcrypto';
import { openDevelopmentPki } from '../development-pki.js';
import { createNetwork } from '../network.js';
import { openSqlite } from '../open-sqlite.js';
import { runDue } from '../../outbox/run.js';
import type { Store, Tables } from '../../store/store.js';
import { createTestServer } from '../../testing/test-server.js';
import { openSigner } from '../../testing/test-signer.js';

/** `in-acceptance` and `in-commit` are in the middle of the transactions that begin and end a completion. */
export type StopAt = 'in-acceptance' | 'before-tsa' | 'after-tsa' | 'in-commit' | 'before-mail';

// Where the test has given up, there is nobody to tell.
process.once('disconnect', () => process.exit(1));

const { DATA_DIR: dataDir = '', TSA_URL: tsaUrl = '', STOP_AT: stopAt } = process.env;
const nodeCrypto = new Crypto() as unknown as globalThis.Crypto;
await mkdir(dataDir, { recursive: true });
const { pki } = await openDevelopmentPki(nodeCrypto, path.join(dataDir, 'pki'));
const keyFile = path.join(dataDir, 'master-key');
const masterKey = new Uint8Array(await readFile(keyFile).catch(() => nodeCrypto.getRandomValues(new Uint8Array(32))));
await writeFile(keyFile, masterKey);

const forEver = (): Promise<never> => {
  process.send?.(stopAt);
  return new Promise(() => setInterval(() => undefined, 1_000));
};
const halting = (tables: Tables): Tables => ({
  ...tables,
  outbox: { ...tables.outbox, insert: (row) => (stopAt === 'in-acceptance' && row.kind === 'seal' ? forEver() : tables.outbox.insert(row)) },
  audit: { ...tables.audit, insert: (row) => (stopAt === 'in-commit' && row.type === 'signed' ? forEver() : tables.audit.insert(row)) },
});
const sqlite = await openSqlite(path.join(dataDir, 'test.sqlite'));
const store: Store = { ...sqlite, tables: halting(sqlite.tables), transaction: (run) => sqlite.transaction((tables) => run(halting(tables))) };
const { timestamp: stamp, status } = createNetwork({ tsaUrl, egressAllow: [], authority: tsaUrl });
const server = await createTestServer({
  crypto: nodeCrypto,
  store,
  masterKey,
  leaseMs: 1_000,
  identity: { root: pki.root.certificate, operator: pki.operator },
  status,
  timestamp: async (request) => {
    if (stopAt === 'before-tsa') return forEver();
    const reply = await stamp(request);
    return stopAt === 'after-tsa' ? forEver() : reply;
  },
});

if (stopAt === undefined) {
  for (;;) {
    await runDue(server.services);
    const open = await store.tables.outbox.find({ doneAt: null });
    if (open.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const revisions = await store.tables.revisions.find({ kind: 'signature' });
  const [envelope] = await store.tables.envelopes.find({});
  const mails = (await store.tables.mails.find({})).map(({ subject, toAddress }) => `${toAddress} ${subject}`);
  const stampedRows = await store.tables.audit.find({ type: 'signed' });
  const acts = (await store.tables.acts.find({})).map(({ state }) => state);
  process.send?.({ signatures: revisions.length, status: envelope?.status, mails, signedRows: stampedRows.length, acts });
  await store.close();
  process.exit(0);
}

await server.send({
  recipients: [{ name: '山田 太郎', email: 'yamada@example.jp', fields: [{ document: 0, page: 1, kind: 'signature', rect: [400, 600, 70, 70] }] }],
});
const signer = await openSigner(server, { email: 'yamada@example.jp' });
await signer.complete();
if (stopAt === 'before-mail') await forEver();
