import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, Injector, computed, inject, signal } from '@angular/core';

import { Attachment } from '../../core/api/models';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { AttachmentDownload } from './attachment-download';
import { AuthenticatedImage } from './authenticated-image';

interface Pictures {
  readonly all: readonly Attachment[];
  readonly start: number;
}

/** Shows pictures large: zoom, previous and next, download; Esc goes back to where one was. */
@Component({
  selector: 'app-picture-viewer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthenticatedImage],
  host: {
    '(keydown.arrowleft)': 'step(-1)',
    '(keydown.arrowright)': 'step(1)',
    '(keydown.+)': 'isZoomed.set(true)',
    '(keydown.-)': 'isZoomed.set(false)',
  },
  template: `
    <header>
      <p aria-live="polite">
        {{ picture().filename }}
        @if (pictures.all.length > 1) {
          <span>{{ t('conversation.viewer.position', { number: index() + 1, all: pictures.all.length }) }}</span>
        }
      </p>
      <button
        type="button"
        [attr.aria-label]="t(isZoomed() ? 'conversation.viewer.fit' : 'conversation.viewer.full')"
        (click)="isZoomed.set(!isZoomed())"
      >
        <app-icon name="search" />
      </button>
      <button type="button" [attr.aria-label]="t('conversation.viewer.download')" (click)="download()">
        <app-icon name="download" />
      </button>
      <button type="button" [attr.aria-label]="t('common.close')" cdkFocusInitial (click)="dialog.close()">
        <app-icon name="close" />
      </button>
    </header>
    <div
      class="stage"
      [class.zoomed]="isZoomed()"
      tabindex="0"
      role="group"
      [attr.aria-label]="t('conversation.viewer.picture')"
    >
      <app-authenticated-image [src]="picture().url" [alt]="picture().filename" />
    </div>
    @if (pictures.all.length > 1) {
      <button type="button" class="turn before" [attr.aria-label]="t('conversation.viewer.before')" (click)="step(-1)">
        <app-icon name="chevron-left" />
      </button>
      <button type="button" class="turn after" [attr.aria-label]="t('conversation.viewer.after')" (click)="step(1)">
        <app-icon name="chevron-right" />
      </button>
    }
  `,
  styleUrl: './picture-viewer.scss',
})
export class PictureViewer {
  protected readonly t = t;
  protected readonly pictures = inject<Pictures>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  private readonly downloads = inject(AttachmentDownload);
  private readonly problems = inject(ProblemNotifier);

  protected readonly index = signal(this.pictures.start);
  protected readonly isZoomed = signal(false);
  protected readonly picture = computed(() => this.pictures.all[this.index()] as Attachment);

  protected step(by: 1 | -1): void {
    const count = this.pictures.all.length;
    this.index.update((index) => (index + by + count) % count);
    this.isZoomed.set(false);
  }

  protected download(): void {
    this.downloads.save(this.picture()).subscribe({ error: (error: unknown) => this.problems.show(error) });
  }
}

/** Opens the viewer over the page; the focus returns by itself afterwards. */
export function openPictureViewer(injector: Injector, all: readonly Attachment[], start: number): void {
  injector.get(Dialog).open(PictureViewer, {
    data: { all, start } satisfies Pictures,
    ariaLabel: t('conversation.viewer.label'),
    width: '100vw',
    height: '100dvh',
    maxWidth: '100vw',
  });
}
