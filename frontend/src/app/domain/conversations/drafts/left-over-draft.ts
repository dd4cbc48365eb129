import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { MessageKind } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { DraftShelf } from './draft-shelf';

const PUBLIC_KINDS: readonly MessageKind[] = ['chat', 'comment'];

/** What was begun in a ticket that was closed meanwhile: it can't be sent any more, but it is not lost. */
@Component({
  selector: 'app-left-over-draft',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatButton],
  template: `
    @for (text of texts(); track $index) {
      <p><app-icon name="edit" /> {{ t('conversation.leftOver') }}</p>
      <blockquote>{{ text }}</blockquote>
      <button matButton="tonal" type="button" (click)="copy(text)">
        <app-icon name="copy" /> {{ t('conversation.copyText') }}
      </button>
    }
  `,
  styleUrl: './kept-words.scss',
  styles: `
    :host {
      display: grid;
      justify-items: start;
      gap: 6px;
      padding: 10px clamp(12px, 3%, 28px) 14px;
      font: var(--mat-sys-body-small);
      --app-icon-size: 16px;
    }

    :host(:empty) {
      display: none;
    }

    p {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class LeftOverDraft {
  protected readonly t = t;
  private readonly shelf = inject(DraftShelf);
  private readonly notices = inject(Notices);

  readonly ticketId = input.required<number>();

  protected readonly texts = computed(() => {
    const ticketId = this.ticketId();
    return PUBLIC_KINDS.flatMap((kind) => this.shelf.read({ ticketId, kind })?.body || []);
  });

  protected async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.notices.info(t('conversation.copied'));
  }
}
