import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';

describe('the app outside of src/node', () => {
  it('bundles for a browser without a single Node module', async () => {
    const result = await build({
      entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      conditions: ['browser', 'development'],
      mainFields: ['browser', 'module', 'main'],
      metafile: true,
      logLevel: 'silent',
    });
    const inputs = Object.keys(result.metafile.inputs);
    expect(inputs.filter((name) => name.includes('server/src/node/'))).to.deep.equal([]);
    const imports = Object.values(result.metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imports.filter((path) => path.startsWith('node:'))).to.deep.equal([]);
    expect(/\bBuffer\.(?:from|alloc|concat)/u.test(await ownText(inputs))).to.equal(false);
  });
});

async function ownText(inputs: readonly string[]): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const own = inputs.filter((name) => name.includes('packages/server/src/'));
  return (await Promise.all(own.map((name) => readFile(name, 'utf8')))).join('\n');
}
