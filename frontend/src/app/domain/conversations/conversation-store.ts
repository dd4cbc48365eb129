import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Observable, Subject } from 'rxjs';

import { MessageKind, TimelineEvent, UserRef } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { Problem } from '../../shared/problems/problem';
import { ConversationsApi } from './conversations-api';
import { ConversationEngine } from './engine/conversation-engine';
import { ConversationSnapshot } from './engine/conversation-snapshot';
import { OutgoingDraft, PendingMessage } from './engine/outgoing-messages';
import { browserTimers } from './engine/timers';
import { asTransportError } from './engine/transport';
import { LiveConversations } from './live-conversations';
import { Outboxes } from './outbox/outboxes';
import { refusalText } from './timeline/refusal-text';

/** The conversation on screen, as signals. Provided by the component that shows it, and ends with it. */
@Injectable()
export class ConversationStore {
  private readonly live = inject(LiveConversations);
  private readonly rest = inject(ConversationsApi);
  private readonly session = inject(Session);
  private readonly outboxes = inject(Outboxes);
  private engine: ConversationEngine | null = null;
  private readonly current = signal<ConversationSnapshot | null>(null);
  private readonly heard = new Subject<TimelineEvent>();

  readonly snapshot = this.current.asReadonly();
  readonly phase = computed(() => this.current()?.phase ?? 'loading');
  readonly entries = computed(() => this.current()?.entries ?? []);
  readonly pending = computed(() => this.current()?.pending ?? []);
  readonly connection = computed(() => this.current()?.connection ?? 'connecting');
  readonly cursor = computed(() => this.current()?.cursor ?? 0);
  /** The number of the newest message that somebody else wrote. */
  readonly lastOfOthers = computed(() => {
    const selfId = this.session.user()?.id;
    const last = this.entries().findLast((entry) => entry.type === 'message' && entry.message.author.id !== selfId);
    return last?.seq ?? null;
  });
  readonly readSeq = computed(() => this.current()?.readSeq ?? {});
  readonly viewers = computed(() => this.others(this.current()?.viewers));
  /** Without those who stand among the viewers: there it is said already. */
  readonly typing = computed(() =>
    this.others(this.current()?.typing).filter(({ id }) => !this.viewers().some((viewer) => viewer.id === id)),
  );
  /** Every event as it becomes part of the record, history included. */
  readonly events: Observable<TimelineEvent> = this.heard.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.close());
  }

  open(ticketId: number): void {
    this.close();
    const engine = new ConversationEngine({
      ticketId,
      outbox: this.outboxes.current(),
      live: this.live,
      rest: this.rest,
      timers: browserTimers,
    });
    this.engine = engine;
    this.current.set(engine.snapshot);
    engine.onChange((snapshot) => this.current.set(snapshot));
    engine.onEvent((event) => this.heard.next(event));
    engine.start();
  }

  send(draft: OutgoingDraft): PendingMessage | null {
    return this.engine?.send(draft) ?? null;
  }

  async retry(clientMsgId: string): Promise<void> {
    await this.engine?.retry(clientMsgId);
  }

  /** Throws a message and its files away; null when the server may have it already. */
  async discard(clientMsgId: string): Promise<PendingMessage | null> {
    return (await this.engine?.discard(clientMsgId)) ?? null;
  }

  /** Takes a message out to be written anew: its files become those of the draft with its id. */
  async takeBack(clientMsgId: string): Promise<PendingMessage | null> {
    return (await this.engine?.takeBack(clientMsgId)) ?? null;
  }

  /** Rejects with a Problem. */
  async edit(messageId: string, body: string): Promise<void> {
    await this.engine?.edit(messageId, body).catch(rethrowAsProblem);
  }

  /** Rejects with a Problem. */
  async remove(messageId: string): Promise<void> {
    await this.engine?.remove(messageId).catch(rethrowAsProblem);
  }

  markRead(seq: number): void {
    this.engine?.markRead(seq);
  }

  /** From this message on it counts as unread, until the ticket is opened again. Rejects with a Problem. */
  async markUnread(seq: number): Promise<void> {
    await this.engine?.markUnread(seq).catch(rethrowAsProblem);
  }

  announceTyping(active: boolean, kind: MessageKind): void {
    this.engine?.announceTyping(active, kind);
  }

  private close(): void {
    this.engine?.close();
    this.engine = null;
  }

  private others<Person extends UserRef>(people: readonly Person[] = []): readonly Person[] {
    const selfId = this.session.user()?.id;
    return people.filter((person) => person.id !== selfId);
  }
}

function rethrowAsProblem(error: unknown): never {
  const refusal = asTransportError(error);
  const { code, requestId } = refusal;
  throw new Problem({ status: 0, code, detail: refusalText(refusal), requestId });
}
