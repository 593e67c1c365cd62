export { fileSource } from './file-source.js';
export { nodeHash } from './node-hash.js';
export { signFile } from './sign-file.js';
export type { SignFileOptions, SignedFile } from './sign-file.js';
