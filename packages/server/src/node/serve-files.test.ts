import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { serveFile } from './serve-files.js';

describe('serveFile', () => {
  it('leads out of no folder, by slashes or by backslashes, and shows nothing hidden', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sky-sign-files-'));
    for (const name of ['open.js', '.hidden', 'a\\..\\b.js']) await writeFile(path.join(folder, name), 'x');
    const serve = (name: string) => serveFile([folder], name, new Request('https://sign.example/'));
    expect((await serve('open.js'))?.status).to.equal(200);
    for (const name of ['../etc/passwd', '.hidden', 'a\\..\\b.js', 'open.js\0', '']) expect(await serve(name), name).to.equal(undefined);
    await rm(folder, { recursive: true });
  });
});
