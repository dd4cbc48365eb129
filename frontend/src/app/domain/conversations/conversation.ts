import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { outputFromObservable } from '@angular/core/rxjs-interop';

import { Message, Ticket, UserRef } from '../../core/api/models';
import { Commands } from '../../core/commands/commands';
import { Notices } from '../../core/problems/notices';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { Session } from '../../core/session/session';
import { AppIcon } from '../../shared/icon/app-icon';
import { Skeleton } from '../../shared/skeleton/skeleton';
import { LoadError } from '../../shared/states/load-error';
import { t } from '../../shared/texts/text';
import { filesOf } from '../attachments/attachment-rules';
import { PresenceBook } from '../people/presence-book';
import { Composer, SentDraft, TypingChange } from './composer/composer';
import { LeftOverDraft } from './drafts/left-over-draft';
import { ConversationStore } from './conversation-store';
import { OutgoingDraft } from './engine/outgoing-messages';
import { browserTimers } from './engine/timers';
import { TypingSignal } from './engine/typing-signal';
import { Outboxes } from './outbox/outboxes';
import { ReadTracker } from './timeline/read-tracker';
import { News, ShownMessage } from './timeline/timeline-items';
import { Timeline } from './timeline/timeline';
import { TypingLine } from './typing-line';
import { ViewerList } from './viewer-list';

/** Until the person's own choice is known. */
const TAKE_BACK_SECONDS = 5;

/**
 * The conversation of a ticket: how it began, everything said and done, and the place to write. It fills the height it
 * is given and scrolls inside itself. What the reader may see and do follows from who is signed in.
 */
@Component({
  selector: 'app-conversation',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Composer, LeftOverDraft, LoadError, Skeleton, Timeline, TypingLine, ViewerList],
  providers: [ConversationStore, ReadTracker],
  templateUrl: './conversation.html',
  styleUrl: './conversation.scss',
  host: {
    '[class.dropping]': 'dropping()',
    '(dragover)': 'draggedOver($event)',
    '(dragleave)': 'dropping.set(false)',
    '(drop)': 'dropped($event)',
  },
})
export class Conversation {
  protected readonly t = t;
  protected readonly store = inject(ConversationStore);
  private readonly session = inject(Session);
  private readonly presence = inject(PresenceBook);
  private readonly tracker = inject(ReadTracker);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly composer = viewChild(Composer);
  private readonly timeline = viewChild(Timeline);

  readonly ticket = input.required<Ticket>();
  /** Every event in order, history included: pages bring their copy of the ticket up to date with it. */
  readonly timelineEvent = outputFromObservable(this.store.events);

  /** Something was said that the other side reads. */
  readonly replied = output();
  /** A message that was to resolve the ticket is stored. */
  readonly resolved = output();

  protected readonly staff = this.session.isStaff;
  protected readonly self = computed((): UserRef => {
    const user = this.session.user();
    return { id: user?.id ?? '', name: user?.name ?? '', role: user?.role ?? 'customer', online: true };
  });
  protected readonly canWrite = computed(() => this.staff() || this.ticket().status !== 'closed');
  protected readonly dropping = signal(false);
  /** What the reader had not yet seen when the conversation was opened. */
  protected readonly news = signal<News | null>(null);

  /** Public messages of others that have not come into view, on whatever page of this person. */
  protected readonly unseen = computed((): readonly Message[] => {
    const selfId = this.self().id;
    const readUpTo = Math.max(this.tracker.readUpTo(), this.store.readSeq()[selfId] ?? 0);
    return this.store.entries().flatMap((entry) => {
      if (entry.type !== 'message' || entry.seq <= readUpTo) return [];
      const { author, kind, removedAt } = entry.message;
      return author.id === selfId || kind === 'note' || removedAt !== null ? [] : [entry.message];
    });
  });

  /** The message on its way that is to resolve the ticket. */
  private readonly resolvesWith = signal<string | null>(null);
  private readonly ticketId = computed(() => this.ticket().id);
  private readonly typing = new TypingSignal(browserTimers, (active, kind) => this.store.announceTyping(active, kind));

  constructor() {
    effect(() => {
      const ticketId = this.ticketId();
      untracked(() => this.open(ticketId));
    });
    effect(() => {
      if (this.store.phase() !== 'ready') return;
      untracked(() => this.noteNews());
    });
    effect(() => {
      const clientMsgId = this.resolvesWith();
      if (clientMsgId === null || !this.isStored(clientMsgId)) return;
      this.resolvesWith.set(null);
      untracked(() => this.resolved.emit());
    });
    inject(Commands).offer(() => ({
      'ticket.reply': this.composer() && (() => this.composer()?.focusPublic()),
      ...(this.staff() && { 'ticket.note': () => this.composer()?.focusField('note') }),
      'ticket.unread': this.store.lastOfOthers() === null ? undefined : () => void this.markUnread(),
      'message.menu': this.timeline()?.menuOpener(),
    }));
    const outboxes = inject(Outboxes);
    effect(() => {
      if (!outboxes.isKept()) untracked(() => this.notices.info(t('conversation.notKept')));
    });
  }

  /** From the message that has the focus, or else from the newest one of somebody else. */
  async markUnread(from?: number): Promise<void> {
    const seq = from ?? this.focusedSeq() ?? this.store.lastOfOthers();
    if (seq === null) return;
    try {
      await this.store.markUnread(seq);
      this.notices.info(t('conversation.markedUnread'));
    } catch (error) {
      this.problems.show(error, t('conversation.notMarked'));
    }
  }

  protected send({ resolves, ...draft }: SentDraft): void {
    const pending = this.store.send({ ...draft, holdMs: resolves ? 0 : this.holdMs(draft.kind) });
    if (draft.kind !== 'note') this.replied.emit();
    if (resolves && pending) this.resolvesWith.set(pending.clientMsgId);
  }

  protected typed({ active, kind }: TypingChange): void {
    if (active) this.typing.keyed(kind);
    else this.typing.stop();
  }

  protected async rewrite({ pending }: ShownMessage): Promise<void> {
    const message = pending ? await this.store.takeBack(pending.clientMsgId) : null;
    if (message) this.composer()?.rewrite(message);
  }

  protected reopen(): void {
    this.open(this.ticketId());
  }

  protected draggedOver(event: DragEvent): void {
    if (!this.canWrite() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping.set(true);
  }

  protected dropped(event: DragEvent): void {
    if (!this.dropping()) return;
    event.preventDefault();
    this.dropping.set(false);
    this.composer()?.addFiles(filesOf(event.dataTransfer));
  }

  /** With both present it goes at once; a customer who is away does not miss a few seconds. */
  private holdMs(kind: OutgoingDraft['kind']): number {
    if (!this.staff() || kind === 'note' || this.presence.stateOf(this.ticket().requester) === 'online') return 0;
    return (this.session.user()?.preferences?.takeBackSeconds ?? TAKE_BACK_SECONDS) * 1_000;
  }

  private isStored(clientMsgId: string): boolean {
    const { id } = this.self();
    return this.store
      .entries()
      .some(
        (entry) =>
          entry.type === 'message' && entry.message.author.id === id && entry.message.clientMsgId === clientMsgId,
      );
  }

  private focusedSeq(): number | null {
    const seq = document.activeElement?.closest<HTMLElement>('[data-seq]')?.dataset['seq'];
    return seq ? Number(seq) : null;
  }

  private noteNews(): void {
    const after = this.store.readSeq()[this.self().id];
    if (after !== undefined) this.news.update((known) => known ?? { after, upTo: this.store.cursor() });
  }

  private open(ticketId: number): void {
    this.composer()?.keepNow();
    this.news.set(null);
    this.resolvesWith.set(null);
    this.tracker.forget();
    this.store.open(ticketId);
  }
}
