import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenuPanel, MatMenuTrigger } from '@angular/material/menu';

import { Attachment } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { ConversationStore } from '../conversation-store';
import { AttachmentGallery } from '../../attachments/attachment-gallery';
import { InlineText } from '../marks/inline-text';
import { MessageEditor } from './message-editor';

import { ShownMessage } from './timeline-items';
import { LocalTimePipe } from '../../../shared/time/local-time';

const MOST_LINES = 24;
/** About what fits on a line. */
const LINE_LENGTH = 72;

const linesOf = (text: string): number =>
  text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / LINE_LENGTH)), 0);

/** One message: its text, its files, and the way to what can be done with it. */
@Component({
  selector: 'app-message-bubble',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LocalTimePipe, InlineText, MatIconButton, MatMenuTrigger, MessageEditor, AttachmentGallery],
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.scss',
  host: {
    '[class.own]': 'own()',
    '[class.note]': 'message().kind === "note"',
    '[class.comment]': 'message().kind === "comment"',
    '[class.pending]': '!!message().pending',
  },
})
export class MessageBubble {
  protected readonly t = t;
  private readonly store = inject(ConversationStore);
  private readonly problems = inject(ProblemNotifier);

  readonly message = input.required<ShownMessage>();
  readonly own = input(false);
  readonly menu = input.required<MatMenuPanel>();
  readonly editing = input(false);
  readonly editingEnded = output();

  /** Only a beginning of it is drawn until somebody wants all. */
  protected readonly isLong = computed(() => linesOf(this.body()) > MOST_LINES);
  protected readonly unfolded = signal(false);
  protected readonly saving = signal(false);
  protected readonly removed = computed(() => this.message().stored?.removedAt ?? null);
  protected readonly editedAt = computed(() => (this.removed() ? null : (this.message().stored?.editedAt ?? null)));
  protected readonly body = computed(() => this.message().stored?.body ?? this.message().pending?.body ?? '');
  protected readonly files = computed((): readonly Attachment[] => {
    const { stored, pending } = this.message();
    return stored?.attachments ?? pending?.files.flatMap(({ attachment }) => attachment ?? []) ?? [];
  });

  /** Names of files that are still on their way. */
  protected readonly unsentFiles = computed(() =>
    (this.message().pending?.files ?? []).filter(({ attachment }) => !attachment).map(({ name }) => name),
  );

  protected async save(body: string): Promise<void> {
    const { stored } = this.message();
    if (!stored) return;
    this.saving.set(true);
    try {
      await this.store.edit(stored.id, body);
      this.editingEnded.emit();
    } catch (error) {
      this.problems.show(error, t('conversation.editor.failed'));
    } finally {
      this.saving.set(false);
    }
  }
}
