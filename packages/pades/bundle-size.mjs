// What a browser loads of the engine, minified and gzipped; the build fails where it grows past its limit.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const KILOBYTE = 1000;
const PARTY_SIGNING = ['bytesSource', 'concatSource', 'webCryptoHash', 'prepareSignature', 'digestPrepared', 'measureCms', 'signDigest', 'requestTimestamp', 'embedCms', 'PadesError'];
const VALIDATION = ['bytesSource', 'webCryptoHash', 'validatePdf', 'describeReport', 'PadesError', 'isPadesError'];
const BUNDLES = [
  { what: 'party signing', code: `export { ${PARTY_SIGNING.join(', ')} } from './index.js';`, limit: 40 * KILOBYTE },
  { what: 'validation in words', code: `export { ${VALIDATION.join(', ')} } from './index.js';`, limit: 60 * KILOBYTE },
  { what: 'everything', code: `export * from './index.js';`, limit: 80 * KILOBYTE },
];

/** @param {string} folder where `index.js` lies */
export async function checkBundleSizes(folder) {
  for (const { what, code, limit } of BUNDLES) {
    const { outputFiles } = await build({ stdin: { contents: code, resolveDir: folder }, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', legalComments: 'none', write: false });
    const size = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
    console.log(`pades in a browser, ${what}: ${(size / KILOBYTE).toFixed(1)} of ${limit / KILOBYTE} KB min+gzip`);
    if (size > limit) throw new Error(`${what} is larger than its limit; esbuild's metafile says what weighs`);
  }
}
