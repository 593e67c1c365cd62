import type { Services } from '../services.js';
import { findDue, forgetFuture, runJob } from './run.js';
import { sweep } from './sweep.js';

export interface Worker {
  /** There may be work: looks now. */
  wake(): void;
  /** Finishes the jobs that run and begins no other. */
  stop(): Promise<void>;
}

const idleMs = 30_000;
const sweepEveryMs = 60_000;
/** A clock that is put back by less than this holds nothing up that anybody notices. */
const clockStepMs = 1_000;

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
  let lastLook = services.now();
  let lastSweep = 0;

  const look = async (): Promise<void> => {
    let wait = idleMs;
    try {
      if (services.now() < lastLook - clockStepMs) await forgetFuture(services);
      lastLook = services.now();
      do {
        again = false;
        const { ids, next } = await findDue(services);
        for (const id of ids) if (!stopped && !inHand.has(id)) begin(id);
        wait = next === undefined ? idleMs : Math.min(idleMs, Math.max(10, next - services.now()));
        if (Math.abs(services.now() - lastSweep) > sweepEveryMs) {
          lastSweep = services.now();
          await sweep(services);
        }
        // Whoever woke us meanwhile, even while it swept, is seen here: nothing is awaited after this.
      } while (again && !stopped);
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
    const job = runJob(services, id, () => !stopped)
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
