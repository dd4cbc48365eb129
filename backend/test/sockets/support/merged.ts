import type { SyncAnswer, WireTimelineEvent } from '../../../src/realtime';
import { granted, type Device } from './device';

/** What a page shows in the end: the answer to its subscription, the pages after it, and every push. */
export class Merged {
  private constructor(
    private readonly device: Device,
    private readonly ticketId: number,
    private readonly fetched: WireTimelineEvent[],
  ) {}

  /** Subscribes and loads what it missed, page by page, while pushes may already arrive. */
  static async follow(device: Device, ticketId: number, after = 0): Promise<Merged> {
    const first = await device.follow(ticketId, after);
    const events = [...first.events];
    for (let page: SyncAnswer = first; page.hasMore;) {
      page = granted(
        await device.ask('ticket:sync', { ticketId, after: events.at(-1)?.seq ?? 0, stream: page.stream }),
      );
      events.push(...page.events);
    }
    return new Merged(device, ticketId, events);
  }

  /** All numbers it ever got, those of pushes that repeat what was fetched taken out: as the protocol tells clients. */
  get events(): WireTimelineEvent[] {
    const known = new Set(this.fetched.map(({ seq }) => seq));
    const pushed = this.device.pushed(this.ticketId).filter(({ seq }) => !known.has(seq));
    return [...this.fetched, ...pushed];
  }

  get seqs(): number[] {
    return this.events.map(({ seq }) => seq);
  }

  get bodies(): (string | undefined)[] {
    return this.events.flatMap((event) => ('message' in event.data ? [event.data.message.body] : []));
  }
}

/** `from`, …, `to`. */
export const dense = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
