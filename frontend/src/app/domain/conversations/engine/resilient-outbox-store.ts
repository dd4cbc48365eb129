import type { Journal } from './journal';
import { MemoryOutboxStore } from './memory-outbox-store';
import type { EntryChange, NewEntry, OutboxEntry, OutboxStore } from './outbox-store';
import type { Timers } from './timers';

/** A disk that takes longer than this to keep a message counts as one that does not: the message has to go out. */
const PATIENCE_MS = 5_000;

/**
 * Keeps messages on the device and, when that fails (private window, disk full), in the memory of this page. A message
 * can be in both, when the disk was only slow: then the memory is right. Until the device has it, the journal has it too.
 */
export class ResilientOutboxStore implements OutboxStore {
  private readonly memory = new MemoryOutboxStore();
  /** What the device is known to have. */
  private lastRead: readonly OutboxEntry[] = [];

  constructor(
    private readonly device: OutboxStore,
    private readonly journal: Journal,
    private readonly timers: Timers,
  ) {}

  /** Takes over what a page noted that ended before the device had it. */
  async recover(userId: string): Promise<void> {
    for (const entry of this.journal.left(userId)) await this.add(entry);
  }

  async entries(userId: string): Promise<OutboxEntry[]> {
    const onDevice = await this.inTime(this.device.entries(userId)).catch(() => this.rescue());
    const passing = await this.memory.entries(userId);
    this.lastRead = onDevice;
    const isPassing = new Set(passing.map(({ clientMsgId }) => clientMsgId));
    const kept = onDevice.filter(({ clientMsgId }) => !isPassing.has(clientMsgId));
    return [...kept, ...passing].sort((a, b) => a.place - b.place);
  }

  async add(entry: NewEntry): Promise<OutboxEntry> {
    try {
      const added = await this.inTime(this.device.add(entry));
      this.journal.forget(entry.userId, entry.clientMsgId);
      this.noteKnown(added, added);
      return added;
    } catch {
      return this.memory.add(entry, Math.max(0, ...this.lastRead.map(({ place }) => place)));
    }
  }

  async update(userId: string, clientMsgId: string, change: (entry: OutboxEntry) => EntryChange): Promise<void> {
    const passing = this.memory.find({ userId, clientMsgId });
    const changed = passing && change(passing);
    if (passing && changed !== undefined) this.memory.set(passing, changed);
    if (typeof changed === 'string') this.journal.forget(userId, clientMsgId);
    const onDevice = (kept: OutboxEntry): EntryChange => {
      const result = changed === undefined ? change(kept) : onto(kept, changed);
      this.noteKnown(kept, result);
      return result;
    };
    try {
      await this.inTime(this.device.update(userId, clientMsgId, onDevice));
    } catch {
      this.rescue();
      const rescued = changed === undefined && this.memory.find({ userId, clientMsgId });
      if (rescued) this.memory.set(rescued, change(rescued));
    }
  }

  private noteKnown({ place }: OutboxEntry, now: EntryChange): void {
    const others = this.lastRead.filter((entry) => entry.place !== place);
    this.lastRead = typeof now === 'string' ? others : [...others, now];
  }

  /** The device no longer answers: what was read from it last goes on from memory. */
  private rescue(): OutboxEntry[] {
    for (const entry of this.lastRead) this.memory.adopt(entry);
    this.lastRead = [];
    return [];
  }

  private inTime<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(PATIENCE_MS, () => reject(new Error('The device did not answer in time')));
      work.then(resolve, reject).finally(cancel);
    });
  }
}

/** The same change for the copy on the device, which has a place of its own. */
function onto({ place, persisted }: OutboxEntry, change: EntryChange): EntryChange {
  return typeof change === 'string' ? change : { ...change, place, persisted };
}
