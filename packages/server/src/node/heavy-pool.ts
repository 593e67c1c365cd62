import { Worker } from 'node:worker_threads';
import type { ByteSource } from '@sky-sign/pades';
import type { Heavy } from '../heavy/heavy.js';
import { refusal } from '../intake/refusals.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { entryFile, extension } from './entry-file.js';
import type { Answer, Job, Order } from './heavy-messages.js';

export interface PoolOptions {
  /** Threads; uploads never take the last one, so that drawing goes on. */
  readonly threads: number;
  /** How long one job may take. */
  readonly timeoutMs?: number;
  /** Heap of one thread. */
  readonly memoryMb?: number;
  readonly log: Services['log'];
}

export interface HeavyPool extends Heavy {
  close(): Promise<void>;
}

/** How long a new thread may take to load, which no job is to blame for. */
const startMs = 60_000;

interface Task {
  readonly job: Job;
  /** The upload that the job reads. */
  readonly source: ByteSource | undefined;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A thread was ended because of its job: too long, too much memory, or it crashed. */
export class HeavyFailed extends Error {
  readonly reason: 'time' | 'memory' | 'crash';
  constructor(reason: HeavyFailed['reason'], options?: ErrorOptions) {
    super(`A worker thread was ended (${reason}).`, options);
    this.name = 'HeavyFailed';
    this.reason = reason;
  }
}

/** What a thread says of a job that it could not do; it goes on. */
class JobFailed extends Error {}

/** Threads that are made when they are needed and kept; one that goes beyond its limits is ended, and its job fails alone. */
export function createHeavyPool({ threads, timeoutMs = 30_000, memoryMb = 512, log }: PoolOptions): HeavyPool {
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const queue: Task[] = [];
  let inspecting = 0;
  let closed = false;

  function next(): void {
    if (closed) return;
    const at = queue.findIndex(({ job }) => job.kind !== 'inspect' || inspecting < Math.max(1, threads - 1));
    const task = queue[at];
    if (!task || busy.size >= threads) return;
    queue.splice(at, 1);
    void perform(task);
    next();
  }

  async function perform(task: Task): Promise<void> {
    const held = idle.pop();
    const worker = held ?? startThread(memoryMb);
    busy.add(worker);
    const isUpload = task.job.kind === 'inspect';
    if (isUpload) inspecting += 1;
    try {
      task.resolve(await ask(worker, task, { timeoutMs, firstMs: held ? timeoutMs : startMs }));
      idle.push(worker);
    } catch (error) {
      if (error instanceof JobFailed) idle.push(worker);
      else await worker.terminate();
      if (!closed) log({ level: 'warn', event: 'worker_failed', job: task.job.kind, error });
      task.reject(error as Error);
    } finally {
      busy.delete(worker);
      if (isUpload) inspecting -= 1;
      next();
    }
  }

  const run = (job: Job, source?: ByteSource): Promise<unknown> =>
    new Promise((resolve, reject) => {
      queue.push({ job, source, resolve, reject });
      next();
    });
  const draw = <T>(job: Job): Promise<T> =>
    run(job).catch((cause: unknown) => {
      if (cause instanceof HeavyFailed) throw new ServerError('service_unavailable', 'Drawing took too long. Try again in a moment.', { headers: { 'Retry-After': '5' }, cause });
      throw cause;
    }) as Promise<T>;

  return {
    inspect: (source, options) =>
      run({ kind: 'inspect', length: source.length, options }, source).catch((error: unknown) => {
        if (error instanceof HeavyFailed) return { verdict: 'refused', refusal: refusal('document_too_complex', error.reason, 'reading it was given up') };
        if (error instanceof JobFailed) return { verdict: 'refused', refusal: refusal('document_broken', 'unreadable', 'reading it failed') };
        throw error;
      }) as ReturnType<Heavy['inspect']>,
    drawText: (box) => draw({ kind: 'drawText', box }),
    drawSeal: (box) => draw({ kind: 'drawSeal', box }),
    drawStamp: (certificateId) => draw({ kind: 'drawStamp', certificateId }),
    drawCertificate: (facts) => draw({ kind: 'drawCertificate', facts }),
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(new HeavyFailed('crash'));
      await Promise.all([...idle, ...busy].map((worker) => worker.terminate()));
    },
  };
}

/** One job in one thread, bytes handed to it as it asks. */
function ask(worker: Worker, { job, source }: Task, { timeoutMs, firstMs }: { timeoutMs: number; firstMs: number }): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    const countdown = (ms: number): NodeJS.Timeout => setTimeout(() => end(() => reject(new HeavyFailed('time'))), ms);
    let timer = countdown(firstMs);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // A thread that dies while nobody waits must not end the server.
      worker.on('error', () => undefined);
      worker.unref();
      settle();
    };
    const fail = (cause?: unknown): void => {
      const isMemory = (cause as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(() => reject(new HeavyFailed(isMemory ? 'memory' : 'crash', { cause })));
    };
    const say = (order: Order): void => worker.postMessage(order);
    // A copy of just these bytes: of a view, all that it looks into would go over.
    const hand = (bytes: Uint8Array): void => say({ kind: 'bytes', bytes: bytes.slice() });
    worker.removeAllListeners();
    worker.ref();
    worker.on('error', fail);
    worker.on('exit', () => fail());
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'ready') {
        clearTimeout(timer);
        timer = countdown(timeoutMs);
      } else if (answer.kind === 'done') end(() => resolve(answer.result));
      else if (answer.kind === 'failed') end(() => reject(new JobFailed(answer.message)));
      else source?.read(answer.offset, answer.length).then(hand, (error: unknown) => end(() => reject(error as Error)));
    });
    say(job);
  });
}

function startThread(memoryMb: number): Worker {
  const file = entryFile(extension === '.ts' ? 'heavy-from-source.mjs' : 'heavy-worker.js');
  return new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 }, execArgv: [], env: {} });
}
