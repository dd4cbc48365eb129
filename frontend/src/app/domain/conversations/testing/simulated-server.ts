import type {
  SendAnswer,
  SendRequest,
  SubscribeRequest,
  SyncAnswer,
  WireAudience,
  WireTimelineEvent,
  WireUserRef,
} from '@parley/socket-events';
import { TransportError } from '../engine/transport';
import { aMessageEvent } from './builders';

interface StoredEvent {
  readonly event: WireTimelineEvent;
  readonly isPublic: boolean;
}

/** One ticket as the server keeps it, in two numberings, for any number of clients. */
export class SimulatedServer {
  private readonly events: StoredEvent[] = [];
  private readonly followers = new Set<(isPublic: boolean) => void>();
  private history = 1;
  pageSize = 3;

  /** What an audience sees, numbered from 1 without a gap. */
  view(audience: WireAudience): WireTimelineEvent[] {
    const visible = this.events.filter(({ isPublic }) => isPublic || audience === 'staff');
    return visible.map(({ event }, index) => renumbered(event, index + 1));
  }

  page({ after, stream }: SubscribeRequest, audience: WireAudience): SyncAnswer {
    const events = this.view(audience);
    const own = `${this.history}/${audience}`;
    const reset = after > events.length || (stream !== undefined && stream !== own);
    const from = reset ? 0 : after;
    return {
      stream: own,
      head: events.length,
      events: events.slice(from, from + this.pageSize),
      hasMore: from + this.pageSize < events.length,
      ...(reset && { reset }),
    };
  }

  /** The same id from the same author is stored once; the repeat is answered in today's numbering. */
  store(request: SendRequest, author: WireUserRef, audience: WireAudience): SendAnswer {
    const known = this.find(author, request.clientMsgId);
    if (!known) {
      const { clientMsgId, kind, body } = request;
      const id = `message-${author.id}-${clientMsgId}`;
      this.append(aMessageEvent(this.events.length + 1, { id, clientMsgId, kind, body, author }), kind !== 'note');
    }
    const event = this.view(audience).find((other) => isCreated(other, author, request.clientMsgId));
    if (event?.type !== 'message.created') throw new TransportError('forbidden', false);
    return { message: event.data.message, seq: event.seq, duplicate: known !== undefined };
  }

  /** Changes the words of a message that exists. */
  edit(index: number, body: string): void {
    const created = this.events.filter(({ event }) => event.type === 'message.created');
    const stored = created[index % created.length];
    if (stored?.event.type !== 'message.created') return;
    const message = { ...stored.event.data.message, body };
    this.append(aMessageEvent(this.events.length + 1, message, 'message.edited'), stored.isPublic);
  }

  /** The history was restored: the same events, in a numbering of another name. */
  rename(): void {
    this.history++;
  }

  /** Hears of every event that was stored. */
  follow(follower: (isPublic: boolean) => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  private find(author: WireUserRef, clientMsgId: string): StoredEvent | undefined {
    return this.events.find(({ event }) => isCreated(event, author, clientMsgId));
  }

  private append(event: WireTimelineEvent, isPublic: boolean): void {
    this.events.push({ event, isPublic });
    for (const follower of this.followers) follower(isPublic);
  }
}

function isCreated(event: WireTimelineEvent, author: WireUserRef, clientMsgId: string): boolean {
  if (event.type !== 'message.created') return false;
  const { message } = event.data;
  return message.author.id === author.id && message.clientMsgId === clientMsgId;
}

function renumbered(event: WireTimelineEvent, seq: number): WireTimelineEvent {
  if (!('message' in event.data)) return { ...event, seq };
  return { ...event, seq, data: { message: { ...event.data.message, seq } } } as WireTimelineEvent;
}
