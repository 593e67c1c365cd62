import { SkySignError } from '@sky-sign/client';

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

interface Running {
  readonly port: Worker;
  readonly failed: Promise<never>;
  users: number;
}

/** One worker serves every document that is shown with the same assets. */
const workers = new Map<string, Running>();

/** Takes PDF.js's worker into use, without PDF.js itself; `release` gives it back, and the last one to do so ends it. */
export function holdPort(assetsUrl: string): { port: Worker; failed: Promise<never>; release: () => void } {
  const url = new URL('legacy/build/pdf.worker.min.mjs', assetsUrl).href;
  const shared = workers.get(url) ?? startWorker(url);
  shared.users += 1;
  let released = false;
  return {
    port: shared.port,
    failed: shared.failed,
    release: () => {
      if (released) return;
      released = true;
      shared.users -= 1;
      if (shared.users > 0) return;
      if (workers.get(url) === shared) workers.delete(url);
      shared.port.terminate();
    },
  };
}

function startWorker(url: string): Running {
  const missing = (cause?: unknown): SkySignError => new SkySignError('part_unavailable', `The worker of PDF.js could not be loaded from ${url}.`, { cause });
  const port = makeWorker(url, missing);
  const failed = new Promise<never>((_resolve, reject) => {
    const onError = (): void => {
      // The next one to need a worker tries again with a new one.
      workers.delete(url);
      reject(missing());
    };
    port.addEventListener('error', onError, { once: true });
  });
  failed.catch(() => undefined);
  const started = { port, failed, users: 0 };
  workers.set(url, started);
  return started;
}

/** Some browsers throw where the page's policy forbids it, others tell of an error later. */
function makeWorker(url: string, missing: (cause: unknown) => SkySignError): Worker {
  try {
    return new Worker(trustedUrl(url) as string, { type: 'module' });
  } catch (error) {
    throw missing(error);
  }
}

let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

/**
 * PDF.js makes its worker from a plain string, which Trusted Types refuse; it then falls back to the main thread without a
 * word. So the worker is made here, through a policy that lets nothing but this one address pass.
 */
function trustedUrl(url: string): unknown {
  const sameOrigin = new URL(url).origin === globalThis.origin;
  // A worker must come from the page's own origin; a module of one line that imports it from a CDN does.
  const source = sameOrigin ? url : URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' }));
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  if (!trustedTypes) return source;
  policy ??= trustedTypes.createPolicy('sky-sign', {
    createScriptURL: (address) => {
      if (address.startsWith('blob:') || new URL(address).pathname.endsWith('/legacy/build/pdf.worker.min.mjs')) return address;
      throw new TypeError(`sky-sign: ${address} is not the worker of PDF.js`);
    },
  });
  return policy.createScriptURL(source);
}
