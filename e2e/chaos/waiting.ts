import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** Asks until the answer is true; false when it took too long. An answer that fails counts as not yet. */
export async function becomes(ask: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  do {
    if (await Promise.resolve(ask()).catch(() => false)) return true;
    await pause(POLL_MS);
  } while (Date.now() < end);
  return false;
}

/** As {@link becomes}, but too long is an error. */
export async function mustBecome(what: string, ask: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const started = Date.now();
  if (!(await becomes(ask, withinMs))) throw new Error(`${what} did not happen within ${Date.now() - started} ms.`);
}
