export { createMockHandlers } from './handlers.js';
export type { Mocks } from './handlers.js';
export { createMockServer, mockScenarios } from './mock-server.js';
export type { MockOptions, MockScenario, MockServer, SeededEnvelope } from './mock-server.js';
export { demoAccessCode, demoApplicant, demoDocuments, demoEnvelope, demoForm, demoFormEnvelope, places } from './seed/index.js';
export type { DemoDocument } from './seed/index.js';
