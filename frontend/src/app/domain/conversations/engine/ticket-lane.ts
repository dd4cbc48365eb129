import type { SendAnswer, SendRequest, WireAttachment } from '@parley/socket-events';
import { FileStager } from './file-stager';
import type { Locks } from './locks';
import { EntryChange, heldFor, OutboxEntry } from './outbox-store';
import type { Route } from './route';
import { Activity, SENDING } from './tabs';
import { Alarm, answerInTime, backOff, Timers } from './timers';
import { asTransportError, TransportError, Uploads } from './transport';

export interface LanePort {
  readonly userId: string;
  readonly timers: Timers;
  readonly locks: Locks;
  readonly uploads: Uploads;
  readonly route: Route;
  /** Whether the author is still the one who is signed in. Asked in the same turn as something is sent. */
  maySend(): boolean;
  /** The first message that waits, as far as this tab knows; undefined if none does. */
  next(ticketId: number): OutboxEntry | undefined;
  /** Reads the store again. */
  refresh(): Promise<void>;
  /** Changes the entry in the store; answers it as it is now, null when it is gone. */
  change(entry: OutboxEntry, change: (entry: OutboxEntry) => EntryChange): Promise<OutboxEntry | null>;
  stored(entry: OutboxEntry, answer: SendAnswer): Promise<void>;
  doing(entry: OutboxEntry, activity: Activity | null): void;
  changed(): void;
}

/**
 * Sends the messages of one person to one ticket: first in, first out, one in flight in all tabs together, the same id
 * on every try. One that is refused for good stands aside and lets those behind it pass.
 */
export class TicketLane {
  private readonly stager: FileStager;
  private readonly holdAlarm: Alarm;
  private readonly backOffAlarm: Alarm;
  private failures = 0;
  /** The server asked not to be tried before this time. */
  private pausedUntil = 0;
  private lastProblem: string | null = null;
  private inFlight: { readonly clientMsgId: string; readonly settle: () => void } | null = null;
  private running = false;
  private wokenMeanwhile = false;

  constructor(
    readonly ticketId: number,
    private readonly port: LanePort,
  ) {
    const { timers, uploads } = port;
    this.holdAlarm = new Alarm(timers);
    this.backOffAlarm = new Alarm(timers);
    this.stager = new FileStager({
      timers,
      uploads,
      assertMaySend: () => this.assertMaySend(),
      progress: (entry, progress) => port.doing(entry, { state: 'uploading', progress, problem: null }),
      staged: (entry, fileId, attachment) => this.keepStaged(entry, fileId, attachment),
    });
  }

  /** Something may have come to be done. */
  wake(): void {
    this.wokenMeanwhile = true;
    if (!this.running) void this.run();
  }

  /** The way is open (again): whatever waited goes out now, unless the server asked for a pause. */
  reopen(): void {
    if (this.port.timers.now() < this.pausedUntil) return;
    this.backOffAlarm.cancel();
    this.wake();
  }

  /** The record holds it already: its answer is not waited for. */
  settled(clientMsgId: string): void {
    if (this.inFlight?.clientMsgId === clientMsgId) this.inFlight.settle();
  }

  close(): void {
    this.holdAlarm.cancel();
    this.backOffAlarm.cancel();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.wokenMeanwhile) {
        this.wokenMeanwhile = false;
        while (this.isDue()) await this.port.locks.request(this.lockName, () => this.turn());
      }
    } finally {
      this.running = false;
    }
  }

  private get lockName(): string {
    return `parley-outbox/${this.port.userId}/${this.ticketId}`;
  }

  private isDue(): boolean {
    const next = this.port.next(this.ticketId);
    if (!next) return false;
    if (this.backOffAlarm.armed || !this.port.route.way || !this.port.maySend()) {
      this.port.doing(next, this.waiting());
      return false;
    }
    const wait = heldFor(next, this.port.timers.now());
    if (wait > 0) this.holdAlarm.arm(wait, () => this.heldLongEnough());
    return wait === 0;
  }

  private heldLongEnough(): void {
    this.port.changed();
    this.wake();
  }

  /** With the lock: no other tab touches this ticket's messages now, but one may have done so before. */
  private async turn(): Promise<void> {
    await this.port.refresh();
    const entry = this.port.next(this.ticketId);
    if (!entry || !this.isDue()) return;
    try {
      const ready = await this.stager.stage(entry);
      if (ready) await this.send(ready);
    } catch (error) {
      await this.refused(entry, asTransportError(error));
    } finally {
      this.port.doing(entry, this.waiting());
    }
  }

  private async send(entry: OutboxEntry): Promise<void> {
    const counted = await this.port.change(entry, (now) => ({ ...now, attempts: now.attempts + 1 }));
    const { way } = this.port.route;
    if (!counted || !way) return;
    this.assertMaySend();
    // A way that was closed a moment ago most likely still is: that is waiting, not sending.
    if (this.lastProblem !== 'offline') this.port.doing(entry, SENDING);
    try {
      const answered = answerInTime(this.port.timers, way.transport.send(requestOf(counted)));
      const answer = await Promise.race([answered, this.settlement(counted)]);
      this.failures = 0;
      this.lastProblem = null;
      if (answer) await this.port.stored(counted, answer);
    } catch (error) {
      const { code } = asTransportError(error);
      if (code === 'timeout' || code === 'offline') this.port.route.doubt(way.name);
      throw error;
    } finally {
      this.inFlight = null;
    }
  }

  private settlement({ clientMsgId }: OutboxEntry): Promise<null> {
    return new Promise((resolve) => (this.inFlight = { clientMsgId, settle: () => resolve(null) }));
  }

  private async refused(entry: OutboxEntry, error: TransportError): Promise<void> {
    if (!this.port.maySend()) return;
    if (await this.stagesAnew(entry, error)) return;
    if (passes(error)) return this.tryLater(error);
    const { code, requestId } = error;
    await this.port.change(entry, (now) => ({ ...now, failed: { code, ...(requestId && { requestId }) } }));
    this.failures = 0;
    this.lastProblem = null;
  }

  private tryLater(error: TransportError): void {
    const { timers } = this.port;
    this.lastProblem = error.code;
    if (error.retryAfterMs !== undefined) this.pausedUntil = timers.now() + error.retryAfterMs;
    this.backOffAlarm.arm(error.retryAfterMs ?? backOff(this.failures++, timers), () => this.wake());
  }

  /** The server keeps staged files for a day. One that it no longer has is uploaded again, once. */
  private async stagesAnew(entry: OutboxEntry, { code }: TransportError): Promise<boolean> {
    if (code !== 'validation' && code !== 'attachment_unavailable') return false;
    let again = false;
    await this.port.change(entry, (now) => {
      again = !now.restaged && now.files.some(({ blob, attachment }) => blob && attachment);
      if (!again) return now;
      const files = now.files.map((file) => (file.blob ? { ...file, attachment: null } : file));
      return { ...now, files, restaged: true };
    });
    return again;
  }

  /** If another tab was faster, its copy counts: all tries of a message have to name the same files. */
  private keepStaged(entry: OutboxEntry, fileId: string, attachment: WireAttachment): Promise<OutboxEntry | null> {
    return this.port.change(entry, (now) => ({
      ...now,
      files: now.files.map((file) => (file.id === fileId && !file.attachment ? { ...file, attachment } : file)),
    }));
  }

  private waiting(): Activity | null {
    return this.lastProblem === null ? null : { state: 'waiting', progress: null, problem: this.lastProblem };
  }

  private assertMaySend(): void {
    if (!this.port.maySend()) throw new TransportError('unauthenticated', true);
  }
}

/** Trying again can help. A sign-in that ended comes back, or ends the whole outbox; it is no verdict on the message. */
function passes({ retryable, code }: TransportError): boolean {
  return retryable || code === 'unauthenticated';
}

function requestOf({ ticketId, clientMsgId, kind, body, files }: OutboxEntry): SendRequest {
  const attachmentIds = files.flatMap(({ attachment }) => (attachment ? [attachment.id] : []));
  return { ticketId, clientMsgId, kind, body, ...(attachmentIds.length > 0 && { attachmentIds }) };
}
