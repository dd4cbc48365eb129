import type { SendAnswer, SendRequest, WireAttachment, WireMessageKind } from '@parley/socket-events';
import { Alarm, backOff, Timers } from './timers';
import { TransportError } from './transport';

export interface OutgoingDraft {
  kind: WireMessageKind;
  body: string;
  /** Staged files that the message names. */
  attachments: WireAttachment[];
}

/** `waiting` for the connection or for its turn · on its way · stored, its event still to come · refused for good. */
export type PendingState = 'waiting' | 'sending' | 'sent' | 'failed';

/** A message of one's own that isn't part of the record yet. */
export interface PendingMessage extends OutgoingDraft {
  readonly clientMsgId: string;
  readonly createdAt: string;
  readonly state: PendingState;
  /** Whether the server may have seen it: then it can't be taken back any more. */
  readonly attempts: number;
  readonly error: TransportError | null;
}

export interface OutgoingPort {
  readonly ticketId: number;
  readonly timers: Timers;
  newId(): string;
  /** Whether sending has a chance just now. */
  usable(): boolean;
  send(request: SendRequest): Promise<SendAnswer>;
  stored(answer: SendAnswer): void;
  changed(): void;
}

/** Later than this without an answer nobody knows what became of it: the same id is sent again. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Own messages on their way: first in, first out, one in flight, the same id on every try. */
export class OutgoingMessages {
  private messages: PendingMessage[] = [];
  private inFlight: string | null = null;
  private readonly retryAlarm: Alarm;
  private closed = false;

  constructor(private readonly port: OutgoingPort) {
    this.retryAlarm = new Alarm(port.timers);
  }

  toArray(): readonly PendingMessage[] {
    return this.messages;
  }

  add(draft: OutgoingDraft): PendingMessage {
    const message: PendingMessage = {
      ...draft,
      clientMsgId: this.port.newId(),
      createdAt: new Date(this.port.timers.now()).toISOString(),
      state: 'waiting',
      attempts: 0,
      error: null,
    };
    this.messages = [...this.messages, message];
    this.port.changed();
    this.pump();
    return message;
  }

  /** Sends a refused message once more, under its old id. */
  retry(clientMsgId: string): void {
    if (this.find(clientMsgId)?.state !== 'failed') return;
    this.update(clientMsgId, { state: 'waiting', error: null });
    this.pump();
  }

  /** Takes a message back, if the server can't have stored it; answers with what it was. */
  discard(clientMsgId: string): PendingMessage | null {
    const message = this.find(clientMsgId);
    if (!message || !isDiscardable(message)) return null;
    this.drop(clientMsgId);
    return message;
  }

  /** The record now holds it: it is no longer pending. */
  settle(clientMsgId: string): void {
    if (this.find(clientMsgId)) this.drop(clientMsgId);
  }

  /** The way is open (again): whatever waited goes out now, back-off or not. */
  wake(): void {
    this.retryAlarm.cancel();
    this.pump();
  }

  close(): void {
    this.closed = true;
    this.retryAlarm.cancel();
  }

  private pump(): void {
    if (this.closed || this.inFlight !== null || this.retryAlarm.armed || !this.port.usable()) return;
    const next = this.messages.find((message) => message.state === 'waiting');
    if (next) void this.send(next);
  }

  private async send(message: PendingMessage): Promise<void> {
    const { clientMsgId } = message;
    this.inFlight = clientMsgId;
    this.update(clientMsgId, { state: 'sending', attempts: message.attempts + 1 });
    try {
      const answer = await this.withinTime(this.port.send(this.requestOf(message)));
      if (this.closed) return;
      this.update(clientMsgId, { state: 'sent', error: null });
      this.port.stored(answer);
    } catch (error) {
      if (!this.closed) this.refused(clientMsgId, asTransportError(error));
    } finally {
      this.inFlight = null;
    }
    this.pump();
  }

  private refused(clientMsgId: string, error: TransportError): void {
    const message = this.find(clientMsgId);
    if (!message) return;
    this.update(clientMsgId, { state: error.retryable ? 'waiting' : 'failed', error });
    if (!error.retryable) return;
    const delay = error.retryAfterMs ?? backOff(message.attempts - 1, this.port.timers);
    this.retryAlarm.arm(delay, () => this.pump());
  }

  private requestOf(message: PendingMessage): SendRequest {
    return {
      ticketId: this.port.ticketId,
      clientMsgId: message.clientMsgId,
      kind: message.kind,
      body: message.body,
      ...(message.attachments.length > 0 && { attachmentIds: message.attachments.map((file) => file.id) }),
    };
  }

  private withinTime(answer: Promise<SendAnswer>): Promise<SendAnswer> {
    return new Promise((resolve, reject) => {
      const cancel = this.port.timers.after(ANSWER_TIMEOUT_MS, () => reject(new TransportError('timeout', true)));
      answer.then(resolve, reject).finally(cancel);
    });
  }

  private find(clientMsgId: string): PendingMessage | undefined {
    return this.messages.find((message) => message.clientMsgId === clientMsgId);
  }

  private update(clientMsgId: string, change: Partial<PendingMessage>): void {
    this.messages = this.messages.map((message) =>
      message.clientMsgId === clientMsgId ? { ...message, ...change } : message,
    );
    this.port.changed();
  }

  private drop(clientMsgId: string): void {
    this.messages = this.messages.filter((message) => message.clientMsgId !== clientMsgId);
    this.port.changed();
  }
}

/** A refused message, or one that never left; of any other the server may have a copy. */
export function isDiscardable(message: PendingMessage): boolean {
  return message.state === 'failed' || (message.state === 'waiting' && message.attempts === 0);
}

export function asTransportError(error: unknown): TransportError {
  return error instanceof TransportError ? error : new TransportError('internal', false);
}
