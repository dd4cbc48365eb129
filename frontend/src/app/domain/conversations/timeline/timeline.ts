import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  DestroyRef,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem } from '@angular/material/menu';
import { ActivatedRoute } from '@angular/router';
import { map } from 'rxjs';

import { Ticket, UserRef } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { Clock } from '../../../shared/time/clock';
import { ConversationStore } from '../conversation-store';
import { ChangeRun } from './change-run';
import { dayText } from './day-text';
import { LiveLog } from './live-log';
import { MessageGroupView } from './message-group';
import { MessageRights, messageRights } from './message-rights';
import { ReadTracker } from './read-tracker';
import { ScrollKeeper } from './scroll-keeper';
import { TicketOpening } from './ticket-opening';
import { News, ShownMessage, TimelineItem, timelineItems } from './timeline-items';
import { LocalTimePipe } from '../../../shared/time/local-time';

const POINTED_FOR_MS = 2_000;

/** Everything said and done in one ticket, oldest first, in a box of its own that scrolls. */
@Component({
  selector: 'app-timeline',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    ChangeRun,
    LocalTimePipe,
    LiveLog,
    MatButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MessageGroupView,
    TicketOpening,
  ],
  templateUrl: './timeline.html',
  styleUrl: './timeline.scss',
})
export class Timeline {
  protected readonly t = t;
  private readonly store = inject(ConversationStore);
  private readonly clock = inject(Clock);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  readonly ticket = input.required<Ticket>();
  readonly self = input.required<UserRef>();
  /** Whether the reader is staff. */
  readonly staff = input(false);
  /** What was new at the moment of opening. */
  readonly news = input<News | null>(null);
  /** The person wants to change a message that was refused. */
  readonly rewrite = output<ShownMessage>();
  /** From this number on everything counts as unread. */
  readonly unread = output<number>();

  protected readonly items = computed((): TimelineItem[] =>
    timelineItems(this.entries(), this.store.pending(), { self: this.self(), news: this.news() }),
  );
  protected readonly seenUpTo = computed(() => {
    const marks = this.store.readSeq();
    return (this.staff() ? marks[this.ticket().requester.id] : marks['staff']) ?? 0;
  });
  protected readonly lastOwnKey = computed(() => {
    const groups = this.items().filter((item) => item.type === 'messages' && item.own);
    const last = groups.at(-1);
    const stored =
      last?.type === 'messages' ? last.messages.filter((message) => message.stored?.removedAt === null) : [];
    return stored.at(-1)?.key ?? null;
  });
  /**
   * Up to here nothing has to be watched any more. The newest message of somebody else always is: it may have been
   * marked as unread by hand.
   */
  protected readonly readUpTo = computed(() => {
    const newest = this.store.lastOfOthers();
    const before = this.news()?.after ?? 0;
    return newest === null ? before : Math.min(before, newest - 1);
  });
  protected readonly editingKey = signal<string | null>(null);
  protected readonly atEnd = signal(true);
  protected readonly arrived = signal(0);
  protected readonly dayText = (at: string): string => dayText(at, this.clock.now());

  /** The opening is drawn from the ticket itself, so its event adds nothing. */
  protected readonly entries = computed(() =>
    this.store.entries().filter((entry) => entry.type === 'message' || entry.event.type !== 'ticket.created'),
  );
  /** The message that the address names. */
  private readonly linkedSeq = toSignal(
    inject(ActivatedRoute).fragment.pipe(
      map((fragment) => Number(/^message-(\d+)$/.exec(fragment ?? '')?.[1] ?? 0) || null),
    ),
    { requireSync: true },
  );
  private readonly hasBegun = signal(false);
  private keeper: ScrollKeeper | null = null;
  private known = { entries: 0, pending: 0 };

  constructor() {
    effect(() => {
      const seq = this.linkedSeq();
      if (seq !== null && this.hasBegun()) untracked(() => this.showMessage(seq));
    });
    inject(ReadTracker).tell((seq) => this.wasRead(seq));
    const resizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.keeper?.resized());
    inject(DestroyRef).onDestroy(() => resizes?.disconnect());
    afterRenderEffect(() => {
      const box = this.box().nativeElement;
      const entries = this.entries();
      const pending = this.store.pending().length;
      untracked(() => {
        if (this.keeper) this.grew(entries.length, pending);
        else this.begin(box, resizes);
        this.known = { entries: entries.length, pending };
      });
    });
  }

  /** Scrolls to the message, marks it for a moment and gives it the focus. */
  private showMessage(seq: number): void {
    const message = this.box().nativeElement.querySelector<HTMLElement>(`app-message-bubble[data-seq="${seq}"]`);
    if (!message) return;
    message.scrollIntoView({ block: 'center' });
    this.keeper?.scrolled();
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    message.dataset['pointed'] = '';
    setTimeout(() => delete message.dataset['pointed'], POINTED_FOR_MS);
  }

  /** Opens what can be done with the message that has the focus, or else with the newest; undefined without any. */
  menuOpener(): (() => void) | undefined {
    const focused = document.activeElement?.closest('app-message-bubble');
    const newest = [...this.content().nativeElement.querySelectorAll('app-message-bubble:has(.more)')].at(-1);
    const button = (focused ?? newest)?.querySelector<HTMLButtonElement>('.more');
    return button ? () => button.click() : undefined;
  }

  protected scrolled(): void {
    this.keeper?.scrolled();
  }

  protected toEnd(): void {
    this.keeper?.toEnd();
    this.arrived.set(0);
  }

  protected rightsOf(message: ShownMessage): MessageRights {
    return messageRights(message, {
      selfId: this.self().id,
      staff: this.staff(),
      status: this.ticket().status,
      now: this.clock.now(),
    });
  }

  protected async copyLink({ stored }: ShownMessage): Promise<void> {
    if (!stored) return;
    await navigator.clipboard.writeText(`${location.origin}/tickets/${stored.ticketId}#message-${stored.seq}`);
    this.notices.info(t('conversation.message.linkCopied'));
  }

  protected async copy({ stored }: ShownMessage): Promise<void> {
    await navigator.clipboard.writeText(stored?.body ?? '');
    this.notices.info(t('conversation.copied'));
  }

  protected async remove({ stored }: ShownMessage): Promise<void> {
    if (!stored) return;
    const sure = await this.confirm.ask({
      title: t('conversation.remove.ask'),
      text: t('conversation.remove.text'),
      confirm: t('conversation.remove.do'),
      danger: true,
    });
    if (!sure) return;
    await this.store
      .remove(stored.id)
      .catch((error: unknown) => this.problems.show(error, t('conversation.remove.failed')));
  }

  /** With the newest message everything was read, also the changes that followed it. */
  private wasRead(seq: number): void {
    this.store.markRead(seq === this.store.lastOfOthers() ? this.store.cursor() : seq);
  }

  private begin(box: HTMLElement, resizes: ResizeObserver | null): void {
    this.keeper = new ScrollKeeper(box, (atEnd) => this.reachedOrLeftEnd(atEnd));
    this.keeper.start(box.querySelector<HTMLElement>('.new-line'));
    resizes?.observe(box);
    resizes?.observe(this.content().nativeElement);
    this.hasBegun.set(true);
  }

  private grew(entries: number, pending: number): void {
    const ownWaits = pending > this.known.pending;
    if (ownWaits || this.keeper?.atEnd) return this.toEnd();
    const others = this.entries()
      .slice(this.known.entries, entries)
      .filter((entry) => entry.type === 'message' && entry.message.author.id !== this.self().id);
    this.arrived.update((count) => count + others.length);
  }

  private reachedOrLeftEnd(atEnd: boolean): void {
    this.atEnd.set(atEnd);
    if (atEnd) this.arrived.set(0);
  }
}
