import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;

/** Asks until the answer is neither undefined, null, false nor 0; fails with `what` when it takes too long. */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  withinMs = 5_000,
): Promise<Exclude<Answer, undefined | null | false>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false && answer !== 0)
      return answer as Exclude<Answer, undefined | null | false>;
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}.`);
    await sleep(POLL_MS);
  }
}
