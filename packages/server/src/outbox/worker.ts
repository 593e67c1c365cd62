import type { Services } from '../services.js';
import { findDue, runJob, sweep } from './run.js';

export interface Worker {
  /** There may be work: looks now. */
  wake(): void;
  /** Finishes the jobs in hand and takes no other. */
  stop(): Promise<void>;
}

const idleMs = 30_000;

/**
 * Keeps the outbox empty: on a wake-up, when the next job is due, and every half minute (other nodes leave work, too). A job
 * that hangs holds up no other.
 */
export function startWorker(services: Services): Worker {
  const inHand = new Map<string, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const look = async (): Promise<void> => {
    let wait = idleMs;
    try {
      do {
        again = false;
        const { ids, next } = await findDue(services);
        for (const id of ids) if (!stopped && !inHand.has(id)) begin(id);
        if (next !== undefined) wait = Math.min(idleMs, Math.max(10, next - services.now()));
      } while (again && !stopped);
      if (wait === idleMs) await sweep(services);
    } catch (error) {
      services.log({ level: 'error', event: 'outbox_failed', error });
      wait = 1_000;
    } finally {
      looking = undefined;
    }
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, wait);
  };
  const begin = (id: string): void => {
    const job = runJob(services, id)
      .then(
        () => undefined,
        (error: unknown) => services.log({ level: 'error', event: 'outbox_failed', error }),
      )
      .finally(() => {
        inHand.delete(id);
        wake();
      });
    inHand.set(id, job);
  };
  const wake = (): void => {
    if (stopped) return;
    again = true;
    looking ??= look();
  };
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(inHand.values());
    },
  };
}
