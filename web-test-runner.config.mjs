// Browser tests, in the engines that BROWSERS names (`chromium,firefox,webkit`; Chromium alone where it names none). Each test
// file is bundled with esbuild first, so that CommonJS dependencies and TypeScript sources just work.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { launcherOf } from './.ci/browsers/launchers.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const pdfjs = path.dirname(require.resolve('pdfjs-dist/package.json'));
const mswWorker = path.join(path.dirname(require.resolve('msw/package.json')), 'lib/mockServiceWorker.js');
const japaneseFont = require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf');
const types = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves PDF.js's worker, CMaps, fonts and WASM under /assets/pdfjs/, as the published package lays them out. */
function pdfjsAssets(context, next) {
  const prefix = '/assets/pdfjs/';
  if (!context.path.startsWith(prefix)) return next();
  const name = path.posix.normalize('/' + context.path.slice(prefix.length)).slice(1);
  const file = path.join(pdfjs, name);
  if (!fs.existsSync(file)) {
    context.status = 404;
    return undefined;
  }
  context.type = types[path.extname(file)] ?? 'application/octet-stream';
  context.body = fs.createReadStream(file);
  return undefined;
}

/** Single files that tests fetch by a path of their own. */
function testFiles(context, next) {
  const file = { '/mockServiceWorker.js': mswWorker, '/assets/fonts/NotoSansJP-Regular.ttf': japaneseFont }[context.path];
  if (!file) return next();
  context.type = types[path.extname(file)] ?? 'application/octet-stream';
  context.body = fs.createReadStream(file);
  return undefined;
}

/** Files of the folder that SKY_SIGN_CORPUS names, under /corpus/. */
function corpusFiles(context, next) {
  const prefix = '/corpus/';
  if (!context.path.startsWith(prefix)) return next();
  const file = path.join(process.env.SKY_SIGN_CORPUS ?? '', path.posix.normalize('/' + decodeURIComponent(context.path.slice(prefix.length))));
  if (!process.env.SKY_SIGN_CORPUS || !fs.existsSync(file)) {
    context.status = 404;
    return undefined;
  }
  context.type = 'application/octet-stream';
  context.body = fs.createReadStream(file);
  return undefined;
}

/** A page that runs nothing but the module that its address names, under the Content Security Policy that its address names. */
function pageUnderPolicy(context, next) {
  if (context.path !== '/under-policy.html') return next();
  const { policy, module } = context.query;
  context.set('Content-Security-Policy', policy);
  context.type = 'text/html; charset=utf-8';
  context.body = `<!doctype html><html lang="ja"><head><title>署名</title></head><body><script type="module" src="${encodeURI(module)}"></script></body></html>`;
  return undefined;
}

/** Bundles `*.test.ts` on request. */
const bundleTests = {
  name: 'bundle-tests',
  async serve(context) {
    if (!context.path.endsWith('.test.ts')) return undefined;
    const result = await esbuild.build({
      entryPoints: [path.join(root, context.path)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      conditions: ['browser', 'development'],
      mainFields: ['browser', 'module', 'main'],
      define: { 'process.env.NODE_ENV': '"test"', global: 'globalThis' },
      loader: { '.ttf': 'dataurl' },
      sourcemap: 'inline',
      tsconfig: path.join(root, 'tsconfig.json'),
      logLevel: 'silent',
    });
    return { body: result.outputFiles[0].text, type: 'js' };
  },
};

export default {
  rootDir: root,
  files: ['packages/*/src/**/*.browser.test.ts'],
  plugins: [bundleTests],
  middleware: [pdfjsAssets, testFiles, corpusFiles, pageUnderPolicy],
  browsers: (process.env.BROWSERS ?? 'chromium').split(',').map(launcherOf),
  concurrentBrowsers: 1,
  concurrency: 1,
  // TEST_RETRIES: how often a test may be tried again, for machines that are too busy for a browser's mouse and clock.
  testFramework: { config: { timeout: 30000, retries: Number(process.env.TEST_RETRIES ?? 0) } },
  browserStartTimeout: 60000,
  testsStartTimeout: 60000,
  // Of a whole file; each test has its own.
  testsFinishTimeout: 600000,
};
