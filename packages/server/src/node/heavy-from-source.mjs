// Tells a thread how TypeScript is read, which it does not learn from the thread that starts it. Not part of the built package.
import { register } from 'tsx/esm/api';

register();
await import('./heavy-worker.ts');
