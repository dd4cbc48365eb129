import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { outputFromObservable } from '@angular/core/rxjs-interop';

import { Ticket, UserRef } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { AppIcon } from '../../shared/icon/app-icon';
import { Skeleton } from '../../shared/skeleton/skeleton';
import { LoadError } from '../../shared/states/load-error';
import { filesOf } from '../attachments/attachment-rules';
import { Composer, TypingChange } from './composer/composer';
import { ConversationStore } from './conversation-store';
import { OutgoingDraft } from './engine/outgoing-messages';
import { browserTimers } from './engine/timers';
import { TypingSignal } from './engine/typing-signal';
import { News, ShownMessage } from './timeline/timeline-items';
import { Timeline } from './timeline/timeline';
import { TypingLine } from './typing-line';
import { ViewerList } from './viewer-list';

/**
 * The conversation of a ticket: how it began, everything said and done, and the place to write. It fills the height it
 * is given and scrolls inside itself. What the reader may see and do follows from who is signed in.
 */
@Component({
  selector: 'app-conversation',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Composer, LoadError, Skeleton, Timeline, TypingLine, ViewerList],
  providers: [ConversationStore],
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
  protected readonly store = inject(ConversationStore);
  private readonly session = inject(Session);
  private readonly composer = viewChild(Composer);

  readonly ticket = input.required<Ticket>();
  /** Every event in order, history included: pages bring their copy of the ticket up to date with it. */
  readonly timelineEvent = outputFromObservable(this.store.events);

  protected readonly staff = this.session.isStaff;
  protected readonly self = computed((): UserRef => {
    const user = this.session.user();
    return { id: user?.id ?? '', name: user?.name ?? '', role: user?.role ?? 'customer', online: true };
  });
  protected readonly canWrite = computed(() => this.staff() || this.ticket().status !== 'closed');
  protected readonly dropping = signal(false);
  /** What the reader had not yet seen when the conversation was opened. */
  protected readonly news = signal<News | null>(null);

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
  }

  /** Puts the cursor into the field, in a kind the customer can read. */
  writeReply(): void {
    this.composer()?.focusPublic();
  }

  /** Puts the cursor into the field, as a note. */
  writeNote(): void {
    this.composer()?.focusField('note');
  }

  protected send(draft: OutgoingDraft): void {
    this.store.send(draft);
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

  private noteNews(): void {
    const after = this.store.readSeq()[this.self().id];
    if (after !== undefined) this.news.update((known) => known ?? { after, upTo: this.store.cursor() });
  }

  private open(ticketId: number): void {
    this.composer()?.keepNow();
    this.news.set(null);
    this.store.open(ticketId);
  }
}
