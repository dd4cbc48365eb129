import type { WireAttachment } from '@parley/socket-events';
import type { OutboxEntry } from './outbox-store';
import type { OutgoingFile } from './outgoing-messages';
import { Alarm, Timers } from './timers';
import { TransportError, Uploads } from './transport';

/** An upload of which nothing moved for so long is begun anew. */
const STALLED_AFTER_MS = 30_000;
/** Progress is told in steps, not with every packet. */
const STEPS = 20;

export interface StagerPort {
  readonly uploads: Uploads;
  readonly timers: Timers;
  /** Throws when nothing may be sent any more. */
  assertMaySend(): void;
  /** 0 to 1, over all files of the message. */
  progress(entry: OutboxEntry, done: number): void;
  /** Keeps the staged copy of one file; answers the entry as it is now, null when it is gone. */
  staged(entry: OutboxEntry, fileId: string, attachment: WireAttachment): Promise<OutboxEntry | null>;
}

/** Brings the files of a message to the server before the message itself goes. */
export class FileStager {
  constructor(private readonly port: StagerPort) {}

  /** Answers the entry with all files staged, or null when it is gone. Rejects with a TransportError. */
  async stage(entry: OutboxEntry): Promise<OutboxEntry | null> {
    const missing = entry.files.filter((file) => !file.attachment);
    const bytes = missing.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    let current: OutboxEntry | null = entry;
    for (const file of missing) {
      const progress = (sent: number): void => {
        const share = bytes === 0 ? 0 : (before + sent * file.size) / bytes;
        this.port.progress(entry, Math.floor(share * STEPS) / STEPS);
      };
      progress(0);
      const attachment = await this.upload(entry.ticketId, file, progress);
      current = await this.port.staged(entry, file.id, attachment);
      if (!current) return null;
      before += file.size;
    }
    return current;
  }

  private upload(ticketId: number, file: OutgoingFile, progress: (sent: number) => void): Promise<WireAttachment> {
    if (!file.blob) throw new TransportError('attachment_unavailable', false);
    this.port.assertMaySend();
    const aborting = new AbortController();
    const stall = new Alarm(this.port.timers);
    return new Promise<WireAttachment>((resolve, reject) => {
      const moved = (): void =>
        stall.arm(STALLED_AFTER_MS, () => {
          reject(new TransportError('timeout', true));
          aborting.abort();
        });
      moved();
      const told = (sent: number): void => {
        moved();
        progress(sent);
      };
      this.port.uploads.upload(ticketId, file, told, aborting.signal).then(resolve, reject);
    }).finally(() => stall.cancel());
  }
}
