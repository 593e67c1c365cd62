import { cp, mkdtemp, readFile, rm, writeFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeHash } from '@sky-sign/pades/node';
import LibsqlDatabase from 'libsql';
import { expect } from 'chai';
import { hashSource, openRevision } from '../../blobs/revisions.js';
import { createTestServer } from '../../testing/test-server.js';
import { openSigner, signAs } from '../../testing/test-signer.js';
import { runDue } from '../../outbox/run.js';
import { StartError } from '../config.js';
import { databaseName, openData } from '../open-data.js';
import { runCommand } from './run-command.js';

const masterKey = Buffer.alloc(32, 7).toString('base64');
const contractor = { email: 'yamada@example.jp', code: '4126' };

describe('the commands of the server', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sky-sign-commands-'));
    env = { DATA_DIR: path.join(folder, 'data'), MASTER_KEY: masterKey };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = async (...words: string[]): Promise<{ code: number | undefined; text: string }> => {
    const lines: string[] = [];
    const code = await runCommand(words, { env, out: (line) => void lines.push(line) });
    return { code, text: lines.join('\n') };
  };
  /** A server on this folder's database, with an envelope that the contractor has signed. */
  const serve = async () => {
    const { store } = await openData({ dataDir: env['DATA_DIR'] ?? '', masterKey: env['MASTER_KEY'] });
    return createTestServer({ hash: nodeHash, store, masterKey: new Uint8Array(Buffer.from(env['MASTER_KEY'] ?? '', 'base64')) });
  };
  const signed = async (): Promise<string> => {
    const server = await serve();
    const { id } = await server.send();
    await signAs(server, contractor);
    await server.stop();
    return id;
  };
  const sql = (statement: string): void => {
    const database = new LibsqlDatabase(path.join(env['DATA_DIR'] ?? '', databaseName));
    database.exec(statement);
    database.close();
  };
  const refusal = (error: unknown): string => (error instanceof StartError ? error.message : `no StartError: ${String(error)}`);

  it('say what there is, and what there is not', async () => {
    expect((await run('--help')).text).to.include('audit verify [ENVELOPE]').and.include('restore FILE');
    expect(await run('audit', 'praise').catch(refusal)).to.include('There is no command "audit praise"');
    expect(await run('audit', 'export').catch(refusal)).to.equal('ENVELOPE is missing.');
    expect((await run()).code).to.equal(undefined);
  });

  it('find an edit, a deletion in the middle and a cut tail in the log', async () => {
    const id = await signed();
    expect(await run('audit', 'verify')).to.deep.equal({ code: 0, text: '1 logs are whole.' });
    expect((await run('audit', 'export', id)).text.split('\n')).to.have.length(7);
    const whole = env['DATA_DIR'] ?? '';
    for (const [statement, words] of [
      [`update audit set at = at - 1 where seq = 2`, 'row 2 is not as it was written'],
      [`delete from audit where seq = 3`, 'row 3 is missing'],
      [`delete from audit where seq = (select max(seq) from audit)`, 'the end of the log was cut off'],
      [`delete from audit; delete from auditHeads; delete from auditValues`, 'the log is missing'],
    ] as const) {
      env = { ...env, DATA_DIR: await mkdtemp(path.join(folder, 'forged-')) };
      await cp(whole, env['DATA_DIR'] ?? '', { recursive: true });
      sql(statement);
      const { code, text } = await run('audit', 'verify');
      expect(code, statement).to.equal(1);
      expect(text, statement).to.include(words);
    }
  });

  it('bring everything back from a back-up that was made while the server ran', async () => {
    const server = await serve();
    const { id } = await server.send();
    await signAs(server, contractor);
    const copy = path.join(folder, 'everything.sqlite');
    expect((await run('backup', copy)).code).to.equal(0);
    expect((await stat(copy)).mode & 0o077, 'readable by others').to.equal(0);
    expect(await run('backup', copy).catch(refusal)).to.include('is there already');
    await signAs(server, { email: 'hanako@example.jp' });
    await server.stop();

    expect(await run('restore', copy).catch(refusal)).to.include('choose an empty DATA_DIR');
    const damaged = path.join(folder, 'damaged.sqlite');
    const bytes = await readFile(copy);
    await writeFile(damaged, bytes.subarray(0, bytes.length / 2));
    env = { ...env, DATA_DIR: path.join(folder, 'elsewhere') };
    expect(await run('restore', damaged).catch(refusal)).to.match(/damaged|no back-up/u);
    expect(await run('restore', path.join(folder, 'nothing')).catch(refusal)).to.include('is not there');
    expect((await run('restore', copy)).text).to.include('1 envelopes');
    expect(await run('audit', 'verify', id)).to.include({ code: 0 });

    const restored = await serve();
    const second = await openSigner(restored, { email: 'hanako@example.jp' });
    expect((await second.complete()).status).to.equal(200);
    expect((await restored.services.store.tables.envelopes.find({ id }))[0]?.status).to.equal('completed');
    await restored.stop();
  });

  it('change every key, and what was written before stays readable', async () => {
    const id = await signed();
    env = { ...env, NEW_MASTER_KEY: Buffer.alloc(32, 8).toString('base64') };
    expect((await run('keys', 'rotate')).code).to.equal(0);
    expect(await run('audit', 'verify').catch((error: unknown) => String(error))).to.include('The master key does not open the keys');
    env = { DATA_DIR: env['DATA_DIR'] ?? '', MASTER_KEY: env['NEW_MASTER_KEY'] ?? '' };
    expect((await run('audit', 'verify')).code).to.equal(0);

    const server = await serve();
    const { tables } = server.services.store;
    const [document] = await tables.documents.find({ envelopeId: id });
    const [revision] = await tables.revisions.find({ documentId: document?.id ?? '', kind: 'signature' });
    expect(await hashSource(server.services, await openRevision(server.services, { documentId: document?.id ?? '', number: revision?.number ?? 0 }))).to.equal(revision?.sha256);
    // The envelope goes on under the new keys.
    const city = await openSigner(server, { email: 'hanako@example.jp' });
    expect((await city.complete()).status).to.equal(200);
    await runDue(server.services);
    await server.stop();
    expect((await run('audit', 'verify')).code).to.equal(0);
  });

  it('keep an access code good when the keys change', async () => {
    const before = await serve();
    await before.send();
    const link = await before.link(contractor.email);
    await before.stop();
    await run('keys', 'rotate');
    const server = await serve();
    const signer = await openSigner({ ...server, link: () => Promise.resolve(link) }, contractor);
    expect((await signer.complete()).status).to.equal(200);
    await server.stop();
  });

  it('make, list and end API keys, and put dead calls back', async () => {
    const { text: key } = await run('api-keys', 'add', 'city');
    expect(key).to.match(/^ska_[0-9a-f]{8}_[\w-]{43}$/u);
    const id = key.split('_')[1] ?? '';
    const { text: list } = await run('api-keys', 'list');
    expect(list).to.include(id).and.include('scopes *  from anywhere  origins none').and.not.include(key);
    const limited = await run('api-keys', 'add', 'city', '--scopes', 'embed,envelopes:read', '--cidr', '10.0.0.0/8,2001:db8::/32', '--origins=https://portal.example', '--expires', '2099-03-31');
    expect(limited.code).to.equal(0);
    expect((await run('api-keys', 'list')).text).to.include('ends 2099-03-31T00:00:00.000Z  scopes embed,envelopes:read  from 10.0.0.0/8,2001:db8::/32  origins https://portal.example');
    for (const words of [['--scopes', 'all'], ['--scopes', ','], ['--cidr', '10.0.0.0/99'], ['--origins', 'portal.example'], ['--expires', 'soon'], ['--scope', 'embed'], ['--cidr']]) {
      expect(await run('api-keys', 'add', 'city', ...words).then(() => 'no refusal', refusal), words.join(' ')).to.not.match(/^no /u);
    }
    expect((await run('api-keys', 'rotate', id, '--overlap', '1')).text).to.match(/^ska_[0-9a-f]{8}_[\w-]{43}$/u);
    expect((await run('api-keys', 'rotate', 'none')).code).to.equal(1);
    expect((await run('api-keys', 'revoke', id)).code).to.equal(0);
    expect((await run('api-keys', 'revoke', id)).code).to.equal(1);
    expect(await run('webhooks', 'replay', 'job_none')).to.include({ code: 1 });
    const { store } = await openData({ dataDir: env['DATA_DIR'] ?? '', masterKey });
    const job = { kind: 'webhook' as const, payload: JSON.stringify({ webhookId: 'whk_1', event: 'envelope.sent', envelopeId: 'env_1' }), dueAt: 0, leaseUntil: 0, attempts: 22, doneAt: 5, createdAt: 0 };
    await store.tables.outbox.insert({ ...job, id: 'job_dead', failedAt: 5 });
    await store.tables.outbox.insert({ ...job, id: 'job_fine', failedAt: null });
    expect((await run('webhooks', 'dead')).text).to.include('job_dead').and.not.include('job_fine');
    expect((await run('webhooks', 'replay', 'all')).text).to.equal('1 calls are in the outbox again.');
    expect(await store.tables.outbox.find({ doneAt: null })).to.have.length(1);
    await store.close();
  });

  it('check the settings, and print no secret', async () => {
    env = { ...env, SMTP_URL: 'smtp://user:s3cret@127.0.0.1:1', MAIL_FROM: 'x@sign.example', PUBLIC_URL: 'http://sign.example', TSA_URL: 'https://me:s3cret@tsa.example/' };
    const { code, text } = await run('--check');
    expect(code).to.equal(1);
    expect(text).to.include('bad      The mail server does not answer').and.include('is not https').and.include('https://tsa.example/');
    expect(text).to.not.include('s3cret').and.not.include(masterKey);
  });
});
