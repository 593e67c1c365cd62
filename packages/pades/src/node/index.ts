export { fileSource } from './file-source.js';
export { nodeHash } from './node-hash.js';
