/**
 * What goes wrong: `tsa-down` keeps every completion `sealing` until it is `normal` again; of `offline`, `error`, `hanging`
 * every call, of `documents-*` those for the bytes of documents, of `drafts-offline` those that save.
 */
export const mockScenarios = ['normal', 'tsa-down', 'slow', 'hanging', 'offline', 'error', 'documents-hanging', 'documents-offline', 'drafts-offline'] as const;
export type MockScenario = (typeof mockScenarios)[number];

/** What becomes of one call. */
export type Fault = 'none' | 'slow' | 'hanging' | 'offline' | 'error';

export function faultOf(scenario: MockScenario, { method, url }: Pick<Request, 'method' | 'url'>): Fault {
  const { pathname } = new URL(url);
  switch (scenario) {
    case 'slow':
    case 'hanging':
    case 'offline':
    case 'error':
      return scenario;
    case 'documents-hanging':
      return /\/revisions\//u.test(pathname) ? 'hanging' : 'none';
    case 'documents-offline':
      return /\/revisions\//u.test(pathname) ? 'offline' : 'none';
    case 'drafts-offline':
      return method === 'PUT' && pathname.endsWith('/draft') ? 'offline' : 'none';
    default:
      return 'none';
  }
}
