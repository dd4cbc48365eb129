import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatMenuPanel } from '@angular/material/menu';

import { Avatar } from '../../../shared/avatar/avatar';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { ConversationStore } from '../conversation-store';
import { KIND_WORDS } from '../message-kinds';
import { MessageBubble } from './message-bubble';
import { MessageState } from './message-state';
import { ReadMark } from './read-tracker';
import { MessageGroup, ShownMessage } from './timeline-items';
import { LocalTimePipe } from '../../../shared/time/local-time';

/** Messages that one author wrote in a row: own ones at the end of the line, those of others at its start. */
@Component({
  selector: 'app-message-group',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, LocalTimePipe, MessageBubble, MessageState, ReadMark],
  templateUrl: './message-group.html',
  styleUrl: './message-group.scss',
  host: { '[class.own]': 'group().own' },
})
export class MessageGroupView {
  protected readonly t = t;
  private readonly store = inject(ConversationStore);

  readonly group = input.required<MessageGroup>();
  readonly menu = input.required<MatMenuPanel>();
  /** Up to here the reader has seen everything. */
  readonly readUpTo = input(0);
  /** The highest number that the other side has seen. */
  readonly seenUpTo = input(0);
  /** The own message under which "Sent" or "Seen" stands. */
  readonly lastOwnKey = input<string | null>(null);
  readonly editingKey = input<string | null>(null);
  readonly editingEnded = output();
  /** The person wants to change a message that was refused. */
  readonly rewrite = output<ShownMessage>();

  protected readonly isOnline = computed(() => !['offline', 'connecting'].includes(this.store.connection()));
  protected readonly kind = computed(() => KIND_WORDS[this.group().kind]);
  protected readonly startedAt = computed(() => this.group().messages[0]?.at ?? '');
  protected readonly authorRole = computed(() =>
    t(this.group().author.role === 'customer' ? 'conversation.author.customer' : 'conversation.author.support'),
  );

  protected showsState(message: ShownMessage): boolean {
    return this.group().own && (message.pending !== null || message.key === this.lastOwnKey());
  }

  protected isSeen(message: ShownMessage): boolean {
    return message.seq !== null && message.seq <= this.seenUpTo();
  }

  protected unreadSeq(message: ShownMessage): number | null {
    return this.group().own || message.seq === null || message.seq <= this.readUpTo() ? null : message.seq;
  }

  protected retry(message: ShownMessage): void {
    if (message.pending) void this.store.retry(message.pending.clientMsgId);
  }

  protected discard(message: ShownMessage): void {
    if (message.pending) void this.store.discard(message.pending.clientMsgId);
  }
}
