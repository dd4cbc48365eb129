import type { SendAnswer, WireAudience, WireTimelineEvent } from '@parley/socket-events';
import type { TransportError } from '../../../frontend/src/app/domain/conversations/engine/transport';
import type { AcknowledgedChange } from '../checker/observations';
import type { Recorder } from '../record/recorder';
import type { Person } from './people';

/** Reports to the recorder what one tab gets over the wire. */
export class Witness {
  readonly audience: WireAudience;
  /** Called for everything that is pushed. */
  onPush: (event: string, payload: unknown) => void = () => undefined;

  constructor(
    private readonly recorder: Recorder,
    readonly client: string,
    private readonly person: Person,
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
    try {
      const stored = await answer;
      this.sent(stored);
      return stored;
    } catch (error) {
      const { retryable, code } = error as TransportError;
      if (!retryable) this.recorder.refused.push({ client: this.client, clientMsgId, code });
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
    this.onPush(event, payload);
  }
}
