export { decodePem, loadSigner } from './cli/load-signer.js';
export type { KeyFiles } from './cli/load-signer.js';
export { fileSource } from './file-source.js';
export { nodeHash } from './node-hash.js';
export { signFile } from './sign-file.js';
export type { SignFileOptions, SignedFile } from './sign-file.js';
