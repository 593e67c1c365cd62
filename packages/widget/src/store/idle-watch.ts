/** Keeps a session alive for who is at work, and warns who is not before it ends (WCAG 2.2, 2.2.1). */
export interface IdleWatch {
  /** The server has heard of the session. */
  used(): void;
  /** The person has done something on the screen. */
  touched(): void;
  end(): void;
}

export function createIdleWatch({ idleMs, warnMs, stay, warn }: {
  /** After so long without a word the server ends the session. */
  idleMs: number;
  /** The warning comes so long before. */
  warnMs: number;
  stay: () => void;
  warn: () => void;
}): IdleWatch {
  const quietMs = Math.max(0, idleMs - warnMs);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touched = false;

  function used(): void {
    clearTimeout(timer);
    touched = false;
    timer = setTimeout(() => (touched ? stay() : warn()), quietMs);
  }

  return { used, touched: () => (touched = true), end: () => clearTimeout(timer) };
}
