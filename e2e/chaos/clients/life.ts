import { setMaxListeners } from 'node:events';
import type { Timers } from '../../../frontend/src/app/domain/conversations/engine/timers';

const NEVER = new Promise<never>(() => undefined);

/** The time in which a page runs. When it ends, whatever the page still waited for simply does not happen any more. */
export class Life {
  readonly timers: Timers;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  private readonly ending = new AbortController();

  constructor(random: () => number) {
    setMaxListeners(0, this.signal);
    this.over = new Promise((resolve) => this.signal.addEventListener('abort', () => resolve(), { once: true }));
    this.timers = {
      now: () => Date.now(),
      after: (ms, work) => {
        const handle = setTimeout(() => this.isOver || work(), ms);
        return () => clearTimeout(handle);
      },
      random,
    };
  }

  get isOver(): boolean {
    return this.ending.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  end(): void {
    this.ending.abort();
  }

  /** The same promise, which never settles once life is over. */
  async of<Result>(work: Promise<Result>): Promise<Result> {
    try {
      const result = await work;
      return this.isOver ? await NEVER : result;
    } catch (error) {
      if (this.isOver) return NEVER;
      throw error;
    }
  }
}
