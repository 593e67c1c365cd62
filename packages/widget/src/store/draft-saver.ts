/** Saves a moment after the last change, one save at a time, the newest state last. */
export interface DraftSaver {
  changed(): void;
  /** Saves at once what is waiting; resolves when it is saved, or could not be. */
  flush(): Promise<void>;
  stop(): void;
}

const pauseMs = 400;

export function createDraftSaver(save: () => Promise<void>): DraftSaver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let dirty = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (dirty) {
      dirty = false;
      await save();
    }
  }

  function flush(): Promise<void> {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    changed: () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), pauseMs);
    },
    flush,
    stop: () => {
      dirty = false;
      clearTimeout(timer);
    },
  };
}
