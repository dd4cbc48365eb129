import { TransportError } from './transport';

/** Time as the engine needs it; tests bring a clock they can move. */
export interface Timers {
  now(): number;
  /** Runs `work` once after `ms`; the returned function takes it back. */
  after(ms: number, work: () => void): () => void;
  /** A number in [0, 1), so that many clients don't come back in step. */
  random(): number;
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (ms, work) => {
    const handle = setTimeout(work, ms);
    return () => clearTimeout(handle);
  },
  random: () => Math.random(),
};

/** One timer that can be armed again and again; arming replaces what was armed before. */
export class Alarm {
  private cancelArmed: (() => void) | null = null;

  constructor(private readonly timers: Timers) {}

  get armed(): boolean {
    return this.cancelArmed !== null;
  }

  arm(ms: number, work: () => void): void {
    this.cancel();
    this.cancelArmed = this.timers.after(ms, () => {
      this.cancelArmed = null;
      work();
    });
  }

  cancel(): void {
    this.cancelArmed?.();
    this.cancelArmed = null;
  }
}

/** Later than this without an answer nobody knows what became of a request: it is made again. */
const ANSWER_WITHIN_MS = 10_000;

/** Rejects with a retryable `timeout` when the answer takes too long; what comes later is not heard. */
export function answerInTime<Answer>(timers: Timers, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(ANSWER_WITHIN_MS, () => reject(new TransportError('timeout', true)));
    answer.then(resolve, reject).finally(cancel);
  });
}

/** 1 s doubling to 30 s, each time somewhere between half and all of it. */
export function backOff(attempt: number, timers: Timers): number {
  const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (timers.random() * ceiling) / 2;
}
