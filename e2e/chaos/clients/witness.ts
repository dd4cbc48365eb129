import type { SendAnswer, WireAudience, WireTimelineEvent } from '@parley/socket-events';
import type { TransportError } from '../../../frontend/src/app/domain/conversations/engine/transport';
import type { AcknowledgedChange } from '../checker/observations';
import type { Recorder } from '../record/recorder';
import type { Person } from './people';

/** An answer that comes later is not heard by the engine. */
const HEARD_WITHIN_MS = 10_000;

/** Reports to the recorder what one tab gets over the wire. */
export class Witness {
  readonly audience: WireAudience;
  private readonly listeners = new Set<(event: string, payload: unknown) => void>();

  constructor(
    private readonly recorder: Recorder,
    readonly client: string,
    private readonly person: Person,
    private readonly isSignedIn: () => boolean,
  ) {
    this.audience = person.role === 'customer' ? 'public' : 'staff';
  }

  events(events: readonly WireTimelineEvent[]): void {
    this.recorder.events(this.client, this.audience, events);
  }

  head(ticketId: number, seq: number): void {
    this.recorder.heads.push({ client: this.client, audience: this.audience, ticketId, seq });
  }

  /** Awaits the answer to a message and reports it, whatever it is. */
  async sending(clientMsgId: string, answer: Promise<SendAnswer>): Promise<SendAnswer> {
    const { now: began } = this.recorder;
    try {
      const stored = await answer;
      this.sent(stored);
      return stored;
    } catch (error) {
      const { retryable, code } = error as TransportError;
      const at = this.recorder.now;
      if (!retryable && this.isSignedIn() && at - began < HEARD_WITHIN_MS)
        this.recorder.refused.push({ at, client: this.client, clientMsgId, code });
      throw error;
    }
  }

  private sent({ message, seq }: SendAnswer): void {
    const { id: messageId, ticketId, clientMsgId } = message;
    const { client, audience, person } = this;
    this.recorder.acknowledged.push({ client, audience, authorId: person.id, ticketId, clientMsgId, messageId, seq });
  }

  changed(ticketId: number, messageId: string, seq: number, type: AcknowledgedChange['type']): void {
    const { client, audience } = this;
    this.recorder.changed.push({ client, audience, ticketId, messageId, seq, type });
  }

  /** Only what reaches customers is of interest word by word. */
  overhear(source: string, ...what: unknown[]): void {
    if (this.audience === 'public')
      this.recorder.overheard.push({ client: this.client, source, text: JSON.stringify(what) });
  }

  pushed(event: string, payload: unknown): void {
    this.overhear(event, payload);
    for (const listener of this.listeners) listener(event, payload);
  }

  /** Hears everything that is pushed, until the answer is called. */
  onPush(listener: (event: string, payload: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
