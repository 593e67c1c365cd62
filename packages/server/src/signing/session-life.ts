/** Milliseconds: to enter the code, without a call, and in all. */
export const sessionLife = { unopenedMs: 10 * 60_000, idleMs: 30 * 60_000, absoluteMs: 4 * 60 * 60_000 } as const;
