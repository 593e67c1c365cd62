const policy = (script: string): string =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html sky-sign',
  ].join('; ');

/** The policy of hosted pages and everything that they load; only PDF.js's worker may compile WebAssembly. */
export const contentSecurityPolicy = { page: policy("'self'"), worker: policy("'self' 'wasm-unsafe-eval'") } as const;

/** Headers of every hosted page. */
export const pageHeaders = {
  'Content-Security-Policy': contentSecurityPolicy.page,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;
