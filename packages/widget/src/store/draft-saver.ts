/** Saves a moment after the last change, one save at a time, the newest state last; what could not be saved is tried again. */
export interface DraftSaver {
  /** Something has changed that no save has taken up yet. */
  readonly waiting: boolean;
  changed(): void;
  /** Saves at once what is waiting; resolves when it is saved, or could not be. */
  flush(): Promise<void>;
}

const pauseMs = 400;
const tryAgainMs = 5000;

/** `save` tells whether that was all: `false` where it should be tried again. */
export function createDraftSaver(save: () => Promise<boolean>): DraftSaver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let dirty = false;

  function later(ms: number): void {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    while (dirty) {
      dirty = false;
      if (!(await save())) return later(tryAgainMs);
    }
  }

  function flush(): Promise<void> {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    get waiting() {
      return dirty;
    },
    changed: () => later(pauseMs),
    flush,
  };
}
