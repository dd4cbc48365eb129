import { Injectable, signal } from '@angular/core';

const TICK_MS = 30_000;

/** The time as a signal that moves twice a minute, so that "4 min ago" grows by itself. */
@Injectable({ providedIn: 'root' })
export class Clock {
  private readonly time = signal(Date.now());
  readonly now = this.time.asReadonly();

  constructor() {
    setInterval(() => this.time.set(Date.now()), TICK_MS);
  }
}
