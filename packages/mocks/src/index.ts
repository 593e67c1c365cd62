export { createMockHandlers } from './handlers.js';
export type { Mocks } from './handlers.js';
export { createMockServer } from './mock-server.js';
export type { MockOptions, MockServer, SeededEnvelope } from './mock-server.js';
export { mockScenarios } from './scenarios.js';
export type { MockScenario } from './scenarios.js';
export { demoAccessCode, demoApplicant, demoDocuments, demoEnvelope, demoForm, demoFormEnvelope, places, seedNames } from './seed/index.js';
export type { DemoDocument, SeedName } from './seed/index.js';
