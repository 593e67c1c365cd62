export type Engine = 'chromium' | 'firefox' | 'webkit';
export const engines: readonly Engine[];
export function findBrowser(engine: Engine): { browser: string; driver?: string; xvfb?: string };
