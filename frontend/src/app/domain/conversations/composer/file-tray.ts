import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatProgressBar } from '@angular/material/progress-bar';

import { FileSizePipe } from '../../../shared/files/file-size';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { ComposerFile } from './composer-files';

/** The files that will go with the message: preview, name, size, progress, and the way out of each. */
@Component({
  selector: 'app-file-tray',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, FileSizePipe, MatButton, MatIconButton, MatProgressBar],
  template: `
    <ul [attr.aria-label]="t('conversation.tray.label')">
      @for (file of files(); track file.key) {
        <li [class.failed]="file.state === 'failed'">
          @if (file.previewUrl; as url) {
            <img [src]="url" alt="" />
          } @else {
            <span class="tile"><app-icon [name]="isPicture(file) ? 'image' : 'file'" /></span>
          }
          <span class="words">
            <span class="name">{{ file.filename }}</span>
            @switch (file.state) {
              @case ('uploading') {
                <mat-progress-bar
                  [value]="file.sent * 100"
                  [attr.aria-label]="t('conversation.tray.uploading', { name: file.filename })"
                />
              }
              @case ('waiting') {
                <span class="size">{{ t('conversation.waiting') }}</span>
              }
              @case ('failed') {
                <span class="problem" role="alert">{{ file.problem }}</span>
              }
              @default {
                <span class="size">{{ file.size | fileSize }}</span>
              }
            }
          </span>
          @if (file.state === 'failed') {
            <button matButton type="button" (click)="retried.emit(file)">
              {{ t('common.retry') }}
            </button>
          }
          <button
            matIconButton
            type="button"
            [attr.aria-label]="
              t(file.state === 'uploading' ? 'conversation.tray.cancel' : 'conversation.tray.remove', {
                name: file.filename,
              })
            "
            (click)="removed.emit(file)"
          >
            <app-icon name="close" />
          </button>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      gap: 8px;
      max-inline-size: 100%;
      padding: 4px 4px 4px 6px;
      border: 1px solid var(--app-hairline);
      border-radius: 12px;
      background: var(--app-card);
    }

    li.failed {
      border-color: var(--mat-sys-error);
    }

    img,
    .tile {
      inline-size: 36px;
      block-size: 36px;
      border-radius: 8px;
      object-fit: cover;
    }

    .tile {
      display: grid;
      place-items: center;
      background: var(--mat-sys-surface-container-high);
    }

    .words {
      display: grid;
      gap: 3px;
      min-inline-size: 96px;
      max-inline-size: 220px;
    }

    .name {
      overflow: hidden;
      font: var(--mat-sys-label-medium);
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .size,
    .problem {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    .problem {
      color: var(--mat-sys-error);
    }
  `,
})
export class FileTray {
  protected readonly t = t;
  readonly files = input.required<readonly ComposerFile[]>();
  readonly retried = output<ComposerFile>();
  readonly removed = output<ComposerFile>();

  protected isPicture({ filename }: ComposerFile): boolean {
    return /\.(png|jpe?g)$/i.test(filename);
  }
}
