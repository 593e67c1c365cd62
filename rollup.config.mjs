// Builds every package as ES modules with declarations, and the widget once more as files to serve without any build step.
// `SKY_BUILD=cdn` makes only the latter, which is what the demo needs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { checkBundleSizes } from './packages/pades/bundle-size.mjs';

const require = createRequire(import.meta.url);
const published = ['pades', 'client', 'widget', 'server', 'mocks'];

const typescript = () => esbuild({ target: 'es2022', tsconfig: './tsconfig.json' });

/** Name in `dist` → source file, from the package's own `exports`. */
function entries(name) {
  const { exports } = readPackage(name);
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([, source]) => typeof source === 'string' && source.endsWith('.ts'))
      .map(([, source]) => [source.replace('./src/', '').replace(/\.ts$/u, ''), `packages/${name}/${source.slice(2)}`]),
  );
}

/** What the package declares as a dependency stays an import; private packages are inlined. */
function external(name) {
  const { dependencies = {}, peerDependencies = {} } = readPackage(name);
  const names = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  return (id) => id.startsWith('node:') || names.some((known) => id === known || id.startsWith(`${known}/`));
}

function readPackage(name) {
  return JSON.parse(fs.readFileSync(`packages/${name}/package.json`, 'utf8'));
}

const library = (name) => ({
  input: entries(name),
  external: external(name),
  output: { dir: `packages/${name}/dist`, format: 'es', sourcemap: true, chunkFileNames: 'chunks/[name]-[hash].js', entryFileNames: '[name].js' },
  plugins: [nodeResolve({ exportConditions: ['default'], extensions: ['.ts', '.mjs', '.js', '.json'], preferBuiltins: true }), commonjs(), json(), typescript(), copyPages(name), bundleSizes(name)],
});

/** Where one run of the compiler puts the declarations of every source file. */
const types = '.types';

/** One declaration file an entry, with what comes from private packages inlined. */
const declarations = (name) => ({
  input: Object.fromEntries(Object.entries(entries(name)).map(([entry, source]) => [entry, `${types}/${source.replace(/\.ts$/u, '.d.ts')}`])),
  external: external(name),
  output: { dir: `packages/${name}/dist`, format: 'es', chunkFileNames: 'chunks/[name]-[hash].d.ts', entryFileNames: '[name].d.ts' },
  plugins: [privateTypes(), dts()],
});

/** Leads imports of private packages to their declarations. */
function privateTypes() {
  const privates = { '@sky-sign/protocol': 'protocol', '@sky-sign/testkit': 'testkit' };
  return { name: 'private-types', resolveId: (id) => (privates[id] ? path.resolve(types, `packages/${privates[id]}/src/index.d.ts`) : null) };
}

function emitTypes() {
  fs.rmSync(types, { recursive: true, force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--outDir', types];
  const { status } = spawnSync(process.execPath, [tsc, ...flags], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The types do not compile.');
}

/** `sky-sign.js` with its lazy chunks and everything that PDF.js fetches: copy the folder to any web server. */
const cdn = {
  input: { 'sky-sign': 'packages/widget/src/define.ts' },
  output: {
    dir: 'packages/widget/dist/cdn',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    // Every chunk lies beside the entry: modules find the assets relative to their own address.
    chunkFileNames: 'sky-sign-[name]-[hash].js',
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production', 'browser', 'default'], extensions: ['.ts', '.mjs', '.js', '.json'] }),
    commonjs(),
    typescript(),
    terser({ ecma: 2020, module: true, format: { comments: false } }),
    emptyFirst('packages/widget/dist/cdn'),
    pdfjsAssets('packages/widget/dist/cdn/pdfjs'),
    notices('THIRD-PARTY-LICENSES.txt'),
    entrySize(30),
  ],
};

/** What a portal's page loads before anybody does anything: the entry, and what it imports at once. */
function entrySize(limit) {
  return {
    name: 'entry-size',
    generateBundle(_, bundle) {
      const atOnce = new Set(Object.values(bundle).filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
      for (const name of atOnce) for (const imported of bundle[name].imports) atOnce.add(imported);
      const size = [...atOnce].reduce((sum, name) => sum + gzipSync(bundle[name].code).length, 0) / 1000;
      console.log(`sky-sign.js and what it imports at once: ${size.toFixed(1)} KB min+gzip, at most ${limit}`);
      if (size > limit) throw new Error('The entry of the element has grown too large.');
    },
  };
}

/** The licences of everything that is inlined, whose comments are not: they have to come with copies of it. */
function notices(fileName) {
  return {
    name: 'notices',
    generateBundle() {
      const ids = [...this.getModuleIds()].filter((id) => id.includes('/node_modules/') && !id.startsWith('\0'));
      const folders = new Set(ids.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(id)[0]));
      const texts = [...folders].map((folder) => {
        const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
        const file = fs.readdirSync(folder).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(each));
        if (!file) throw new Error(`${name} comes without the text of its licence.`);
        return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName, source: texts.sort().join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

/** Old chunks have other hashes; without this they would pile up. */
function emptyFirst(folder) {
  return { name: 'empty-first', buildStart: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** The worker, character maps, standard fonts, image decoders and colour profiles of PDF.js. */
function pdfjsAssets(to) {
  const from = path.dirname(require.resolve('pdfjs-dist/package.json'));
  return {
    name: 'pdfjs-assets',
    writeBundle() {
      fs.mkdirSync(path.join(to, 'legacy/build'), { recursive: true });
      fs.copyFileSync(path.join(from, 'legacy/build/pdf.worker.min.mjs'), path.join(to, 'legacy/build/pdf.worker.min.mjs'));
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        fs.cpSync(path.join(from, folder), path.join(to, folder), { recursive: true, dereference: true });
      }
    },
  };
}

/** The hosted pages of the server are files that it serves as they are. */
function copyPages(name) {
  const from = `packages/${name}/src/pages`;
  return {
    name: 'copy-pages',
    writeBundle() {
      if (fs.existsSync(from)) fs.cpSync(from, `packages/${name}/dist/pages`, { recursive: true, filter: (file) => !file.endsWith('.ts') });
    },
  };
}

/** The engine is loaded by people who wait for it. */
function bundleSizes(name) {
  return { name: 'bundle-sizes', writeBundle: () => (name === 'pades' ? checkBundleSizes('packages/pades/dist') : undefined) };
}

const onlyCdn = process.env.SKY_BUILD === 'cdn';
if (!onlyCdn) emitTypes();

export default onlyCdn ? cdn : [...published.flatMap((name) => [library(name), declarations(name)]), cdn];
