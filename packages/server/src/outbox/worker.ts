import type { Services } from '../services.js';
import { runDue } from './run.js';

export interface Worker {
  /** There may be work: looks now, or again when the present round is over. */
  wake(): void;
  /** Finishes the job in hand and takes no other. */
  stop(): Promise<void>;
}

const idleMs = 30_000;

/** Keeps the outbox empty: on a wake-up, when the next job is due, and every half minute (other nodes leave work, too). */
export function startWorker(services: Services): Worker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const round = async (): Promise<void> => {
    try {
      do {
        again = false;
        const next = await runDue(services);
        schedule(next === undefined ? idleMs : Math.min(idleMs, Math.max(10, next - services.now())));
      } while (again && !stopped);
    } catch (error) {
      services.log({ level: 'error', event: 'outbox_failed', error });
      schedule(1_000);
    } finally {
      running = undefined;
    }
  };
  const schedule = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, ms);
  };
  const wake = (): void => {
    if (stopped) return;
    again = true;
    running ??= round();
  };
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
