export { demoDocuments, places } from './documents.js';
export type { DemoDocument } from './documents.js';
export { demoAccessCode, demoEnvelope } from './demo-envelope.js';
export { demoApplicant, demoForm, demoFormEnvelope } from './demo-form.js';
