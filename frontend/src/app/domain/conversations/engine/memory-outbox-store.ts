import type { EntryChange, NewEntry, OutboxEntry, OutboxStore } from './outbox-store';

interface EntryName {
  readonly userId: string;
  readonly clientMsgId: string;
}

/** An outbox that lasts as long as the page: for browsers that keep nothing. */
export class MemoryOutboxStore implements OutboxStore {
  private kept: readonly OutboxEntry[] = [];
  private lastPlace = 0;

  async entries(userId: string): Promise<OutboxEntry[]> {
    return this.kept.filter((entry) => entry.userId === userId);
  }

  /** `after`: the highest place that is taken elsewhere. */
  async add(entry: NewEntry, after = 0): Promise<OutboxEntry> {
    const known = this.find(entry);
    if (known) return known;
    // Small steps, so that what another store adds next, with a whole number, still comes later.
    this.lastPlace = Math.max(this.lastPlace, after) + 0.001;
    return this.adopt({ ...entry, place: this.lastPlace, persisted: false });
  }

  async update(userId: string, clientMsgId: string, change: (entry: OutboxEntry) => EntryChange): Promise<void> {
    const entry = this.find({ userId, clientMsgId });
    if (entry) this.set(entry, change(entry));
  }

  find(name: EntryName): OutboxEntry | undefined {
    return this.kept.find((entry) => isSame(entry, name));
  }

  /** Takes over an entry of another store, with its place. */
  adopt(entry: OutboxEntry): OutboxEntry {
    const adopted = { ...entry, persisted: false };
    if (!this.find(entry)) this.kept = [...this.kept, adopted].sort((a, b) => a.place - b.place);
    return adopted;
  }

  set(entry: OutboxEntry, change: EntryChange): void {
    this.kept = this.kept.flatMap((other) => {
      if (!isSame(other, entry)) return [other];
      return typeof change === 'string' ? [] : [change];
    });
  }
}

const isSame = (one: EntryName, other: EntryName): boolean =>
  one.userId === other.userId && one.clientMsgId === other.clientMsgId;
