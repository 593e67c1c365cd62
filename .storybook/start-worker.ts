import type { SetupWorker } from 'msw/browser';

const script = './mockServiceWorker.js';
/** After a forced reload no worker takes a page over; MSW then loads it once more. */
const patienceMs = 5000;

/**
 * Starts MSW, one frame after the other. The frames of a docs page share one service worker: where one finds it registered but
 * not in control yet, MSW reloads that frame, which may end the registration that the others wait for, and they stay blank.
 */
export function startWorker(worker: SetupWorker): Promise<SetupWorker> {
  return navigator.locks.request('service worker of the mock server', async () => {
    await navigator.serviceWorker.register(script);
    await isControlled();
    await worker.start({ onUnhandledRequest: 'bypass', quiet: true, serviceWorker: { url: script } });
    return worker;
  });
}

function isControlled(): Promise<void> {
  if (navigator.serviceWorker.controller) return Promise.resolve();
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, patienceMs);
  });
}
