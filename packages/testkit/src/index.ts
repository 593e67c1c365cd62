export { decodePem, encodePem } from './pem.js';
export { createTestPki, importIdentity } from './test-pki.js';
export type { IssueOptions, StoredIdentity, TestIdentity, TestKeyType, TestPki, TestPkiOptions } from './test-pki.js';
export { createTsa, TEST_TSA_POLICY } from './tsa.js';
export type { TsaOptions } from './tsa.js';
