import { OutgoingDraft, PendingMessage, PendingState } from './outgoing-messages';
import { heldFor, OutboxEntry, refusalError } from './outbox-store';
import type { Activity } from './tabs';
import { TransportError } from './transport';

/** `adding` to the store · `queued`: the store has it · `sent`: the server has it, and the record is about to. */
type Stage = 'adding' | 'queued' | 'sent';

interface Card {
  readonly entry: OutboxEntry;
  readonly stage: Stage;
  readonly activity: Activity | null;
}

/** What one tab knows of the messages on their way: the store's entries, and what happens around them. */
export class OutboxCards {
  private cards: readonly Card[] = [];

  has(clientMsgId: string): boolean {
    return this.find(clientMsgId) !== undefined;
  }

  stageOf(clientMsgId: string): Stage | null {
    return this.find(clientMsgId)?.stage ?? null;
  }

  pending(now: number, ticketId?: number): PendingMessage[] {
    const firstOf = new Map<number, PendingMessage>();
    return this.cards.flatMap((card) => {
      if (ticketId !== undefined && card.entry.ticketId !== ticketId) return [];
      const message = asPending(card, now);
      if (message.state === 'sent' || message.state === 'failed') return [message];
      const first = firstOf.get(message.ticketId);
      if (!first) firstOf.set(message.ticketId, message);
      // Behind one that is on its way it goes as soon as that one is answered: nobody has to be told of a wait.
      return first?.state === 'sending' && message.state === 'waiting' ? [{ ...message, state: 'sending' }] : [message];
    });
  }

  one(clientMsgId: string, now: number): PendingMessage {
    const card = this.find(clientMsgId);
    if (!card) throw new Error('There is no such message');
    return asPending(card, now);
  }

  /** The tickets that have something to be sent. */
  tickets(): Set<number> {
    return new Set(this.cards.filter(isWaiting).map(({ entry }) => entry.ticketId));
  }

  /** The first one to be sent. */
  next(ticketId: number): OutboxEntry | undefined {
    return this.cards.find((card) => isWaiting(card) && card.entry.ticketId === ticketId)?.entry;
  }

  /** Whether nothing stands before a new message. */
  isFree(ticketId: number): boolean {
    return !this.cards.some(({ entry, stage }) => {
      return entry.ticketId === ticketId && stage !== 'sent' && entry.failed === null;
    });
  }

  add(entry: OutboxEntry, activity: Activity | null): void {
    this.set([...this.cards, { entry, stage: 'adding', activity }]);
  }

  /** The store has this entry, in this form. */
  keep(entry: OutboxEntry): void {
    this.patch(entry.clientMsgId, (card) => (card.stage === 'sent' ? card : { ...card, entry, stage: 'queued' }));
  }

  /** These are all that the store has. */
  replace(entries: readonly OutboxEntry[]): void {
    const ids = new Set(entries.map(({ clientMsgId }) => clientMsgId));
    const queued = entries.map((entry): Card => {
      const known = this.find(entry.clientMsgId);
      return known?.stage === 'sent' ? known : { entry, stage: 'queued', activity: known?.activity ?? null };
    });
    const others = this.cards.filter(({ entry, stage }) => stage !== 'queued' && !ids.has(entry.clientMsgId));
    this.set([...queued, ...others]);
  }

  sent(clientMsgId: string): void {
    this.patch(clientMsgId, (card) => ({ ...card, stage: 'sent' }));
  }

  /** Answers whether that made a difference. */
  doing(clientMsgId: string, activity: Activity | null): boolean {
    const before = this.find(clientMsgId);
    if (!before || isSame(before.activity, activity)) return false;
    this.patch(clientMsgId, (card) => ({ ...card, activity }));
    return true;
  }

  drop(clientMsgId: string): void {
    this.cards = this.cards.filter(({ entry }) => entry.clientMsgId !== clientMsgId);
  }

  dropSent(ticketId: number): void {
    this.cards = this.cards.filter(({ entry, stage }) => stage !== 'sent' || entry.ticketId !== ticketId);
  }

  private find(clientMsgId: string): Card | undefined {
    return this.cards.find(({ entry }) => entry.clientMsgId === clientMsgId);
  }

  private patch(clientMsgId: string, change: (card: Card) => Card): void {
    this.set(this.cards.map((card) => (card.entry.clientMsgId === clientMsgId ? change(card) : card)));
  }

  private set(cards: readonly Card[]): void {
    this.cards = [...cards].sort((a, b) => (a.entry.place === b.entry.place ? 0 : a.entry.place - b.entry.place));
  }
}

const isWaiting = ({ entry, stage }: Card): boolean => stage === 'queued' && entry.failed === null;

function asPending({ entry, stage, activity }: Card, now: number): PendingMessage {
  const { clientMsgId, ticketId, kind, body, files, createdAt, holdMs, holdUntil, attempts, persisted } = entry;
  const draft: OutgoingDraft = { kind, body, files, ...(holdMs > 0 && { holdMs }) };
  return {
    ...draft,
    clientMsgId,
    ticketId,
    createdAt,
    holdUntil,
    attempts,
    persisted,
    state: stateOf({ entry, stage, activity }, now),
    progress: activity?.state === 'uploading' ? activity.progress : null,
    error: errorOf({ entry, stage, activity }),
  };
}

function stateOf({ entry, stage, activity }: Card, now: number): PendingState {
  if (stage === 'sent') return 'sent';
  if (entry.failed) return 'failed';
  if (activity && activity.state !== 'waiting') return activity.state;
  return heldFor(entry, now) > 0 ? 'held' : 'waiting';
}

function errorOf({ entry, activity }: Card): TransportError | null {
  if (entry.failed) return refusalError(entry.failed);
  return activity?.problem ? new TransportError(activity.problem, true) : null;
}

function isSame(one: Activity | null, other: Activity | null): boolean {
  return one?.state === other?.state && one?.progress === other?.progress && one?.problem === other?.problem;
}
