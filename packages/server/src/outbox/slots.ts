/** So many at once, the rest in the order in which they came. */
export interface Slots {
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createSlots(size: number): Slots {
  const waiting: (() => void)[] = [];
  let free = size;
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // A slot goes straight to the next in line, so that nobody slips in between.
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}

/** One at a time under each name, in the order in which they came; other names do not wait for them. */
export interface Lanes {
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function createLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(name, work) {
      const turn = (last.get(name) ?? Promise.resolve()).then(work);
      const over = turn.then(
        () => undefined,
        () => undefined,
      );
      last.set(name, over);
      void over.then(() => (last.get(name) === over ? last.delete(name) : undefined));
      return turn;
    },
  };
}
