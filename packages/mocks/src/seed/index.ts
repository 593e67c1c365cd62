export { demoDocuments, places } from './documents.js';
export type { DemoDocument } from './documents.js';
export { demoAccessCode, demoEnvelope } from './demo-envelope.js';
export { demoApplicant, demoForm, demoFormEnvelope } from './demo-form.js';
export { makeSeeds, seedNames } from './seeds.js';
export type { Seed, SeedName } from './seeds.js';
