import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readConfig, startServer, StartError } from './index.js';
import type { RunningServer } from './index.js';
import { onePage } from '../testing/test-server.js';
import { errorForLog, withoutSecrets } from './request-log.js';

describe('the server in Node', () => {
  let dataDir: string;
  let server: RunningServer;
  const start = (env: Record<string, string> = {}) => startServer({ env: { PORT: '0', TSA_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env } });
  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'sky-sign-node-'));
    server = await start({ PUBLIC_URL: 'http://localhost:8787' });
  });
  after(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const get = (name: string) => fetch(`http://127.0.0.1:${String(server.port)}${name}`);
  const refusal = (run: () => unknown): Promise<string> =>
    Promise.resolve()
      .then(run)
      .then(
        () => 'started',
        (error: unknown) => (error instanceof StartError ? error.message : String(error)),
      );

  it('says what is wrong with a setting, and refuses production without keys', async () => {
    expect(await refusal(() => readConfig({ PORT: 'x' }))).to.equal('PORT must be a port number');
    expect(await refusal(() => readConfig({ MAX_DOCUMENT_BYTES: '1' }))).to.include('MAX_DOCUMENT_BYTES');
    expect(await refusal(() => readConfig({ MASTER_KEY: 'short' }))).to.include('openssl rand -base64 32');
    expect(await refusal(() => readConfig({ PUBLIC_URL: 'nowhere' }))).to.include('PUBLIC_URL');
    expect(await refusal(() => start({ NODE_ENV: 'production', PUBLIC_URL: 'https://x.example' }))).to.include('MASTER_KEY, TSA_URL, OPERATOR_KEY');
  });

  it('says that a port is taken', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'sky-sign-node-'));
    expect(await refusal(() => start({ PORT: String(server.port), DATA_DIR: other }))).to.equal(`Port ${String(server.port)} is taken. Choose another one: PORT=9000 npm start`);
    await rm(other, { recursive: true, force: true });
  });

  it('serves the hosted pages under their policy, and nothing outside of its folders', async () => {
    for (const name of ['/sign', '/download', '/outbox']) {
      const { headers, status } = await get(name);
      expect(status, name).to.equal(200);
      expect(headers.get('Content-Security-Policy'), name).to.include("default-src 'none'").and.include("frame-ancestors 'none'").and.include('trusted-types lit-html sky-sign');
      expect(headers.get('Cache-Control'), name).to.equal('no-store');
      expect(headers.get('Referrer-Policy'), name).to.equal('no-referrer');
    }
    for (const name of ['/pages/..%2f..%2fpackage.json', '/pages/.hidden', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/v1/nothing']) {
      expect((await get(name)).status, name).to.equal(404);
    }
    expect((await get('/healthz')).status).to.equal(200);
  });

  it('keeps keys, data and API key over a restart, also after stopping in between', async () => {
    const first = server.development?.apiKey;
    await server.stop();
    server = await start();
    expect(server.development).to.include({ apiKey: first, firstStart: false });
  });

  it('keeps its data for its own user, also in a folder that others may read', async () => {
    const shared = await mkdtemp(path.join(tmpdir(), 'sky-sign-node-'));
    await chmod(shared, 0o755);
    const open = await start({ DATA_DIR: shared });
    const readable: string[] = [];
    for (const { name, parentPath } of (await readdir(shared, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())) {
      if (((await stat(path.join(parentPath, name))).mode & 0o077) !== 0 && /sqlite|key/u.test(name)) readable.push(name);
    }
    await open.stop();
    await rm(shared, { recursive: true, force: true });
    expect(readable).to.deep.equal([]);
  });

  it('writes of an error what happened, and no header that a library put into it', async () => {
    const failure = Object.assign(new Error('no answer', { cause: new TypeError('fetch failed') }), { options: { headers: { authorization: 'Bearer ska_secret' } } });
    expect(JSON.stringify(errorForLog(failure))).to.include('no answer').and.include('fetch failed').and.not.include('ska_secret');
    const other = await mkdtemp(path.join(tmpdir(), 'sky-sign-node-'));
    const failing = await startServer({ env: { PORT: '0', TSA_PORT: '0', DATA_DIR: other, LOG_LEVEL: 'silent' }, routes: (app) => app.get('/fails', () => { throw failure; }) });
    const answer = await fetch(`http://127.0.0.1:${String(failing.port)}/fails`);
    expect([answer.status, (await answer.text()).includes('no answer')]).to.deep.equal([500, false]);
    await failing.stop();
    await rm(other, { recursive: true, force: true });
  });

  it('reads uploads in threads, and takes none while the virus scanner that it was given does not answer', async () => {
    const pdf = await onePage();
    const upload = async ({ port, development }: RunningServer) =>
      (await fetch(`http://127.0.0.1:${String(port)}/v1/documents?name=x`, { method: 'POST', headers: { Authorization: `Bearer ${development?.apiKey ?? ''}` }, body: new Uint8Array(pdf) })).status;
    expect(await upload(server)).to.equal(201);
    const other = await mkdtemp(path.join(tmpdir(), 'sky-sign-node-'));
    const scanned = await startServer({ env: { PORT: '0', TSA_PORT: '0', DATA_DIR: other, LOG_LEVEL: 'silent', CLAMD: path.join(other, 'clamd.sock') } });
    expect(await upload(scanned)).to.equal(503);
    await scanned.stop();
    await rm(other, { recursive: true, force: true });
  });

  it('keeps tickets and tokens out of the log', () => {
    expect(withoutSecrets('/v1/files/skf_abcDEF-_123')).to.equal('/v1/files/…');
    expect(withoutSecrets('/v1/envelopes/env_abc')).to.equal('/v1/envelopes/env_abc');
  });
});
