import type { Timers } from '../engine/timers';

/** A clock that stands still until a test moves it. */
export class FakeTimers implements Timers {
  private time = Date.parse('2026-03-02T10:00:00.000Z');
  private waiting: { at: number; work: () => void }[] = [];

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, work: () => void): () => void {
    const entry = { at: this.time + ms, work };
    this.waiting.push(entry);
    return () => (this.waiting = this.waiting.filter((other) => other !== entry));
  }

  /** Lets time pass, running what falls due in order and letting promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let due = this.next(end); due; due = this.next(end)) {
      this.waiting = this.waiting.filter((other) => other !== due);
      this.time = due.at;
      due.work();
      await settle();
    }
    this.time = end;
  }

  private next(end: number): { at: number; work: () => void } | undefined {
    return this.waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
