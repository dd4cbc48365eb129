import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';

/** Words of the same person from another page or device that are not in the field: to be taken or left. */
@Component({
  selector: 'app-draft-notice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatButton],
  template: `
    <p role="status"><app-icon name="edit" /> {{ t('conversation.spare.heading') }}</p>
    <blockquote>{{ body() }}</blockquote>
    <span class="actions">
      <button matButton type="button" (click)="taken.emit()">{{ t('conversation.spare.take') }}</button>
      <button matButton type="button" (click)="left.emit()">{{ t('conversation.spare.leave') }}</button>
    </span>
  `,
  styleUrl: '../drafts/kept-words.scss',
  styles: `
    :host {
      display: grid;
      gap: 4px;
      padding: 8px 12px;
      border-radius: 10px;
      background: var(--app-calm-container);
      color: var(--app-on-calm-container);
      font: var(--mat-sys-body-small);
      --app-icon-size: 16px;
    }
  `,
})
export class DraftNotice {
  protected readonly t = t;
  readonly body = input.required<string>();
  readonly taken = output();
  readonly left = output();
}
