import { ChangeDetectionStrategy, Component, effect, inject, input, output } from '@angular/core';

import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { Notice, Notices } from './notices';

const SHOWN_FOR_MS = 6000;

/** One notice; waits while the pointer or the focus rests on it. */
@Component({
  selector: 'app-notice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  host: {
    '[class.error]': 'notice().kind === "error"',
    '(mouseenter)': 'pause()',
    '(mouseleave)': 'resume()',
    '(focusin)': 'pause()',
    '(focusout)': 'resume()',
  },
  template: `
    <span class="words">
      {{ notice().text }}
      @if (notice().requestId; as requestId) {
        <button type="button" class="request" [title]="t('common.copyRequestId')" (click)="copy(requestId)">
          {{ t('common.request', { id: requestId }) }}
        </button>
      }
    </span>
    @if (notice().action; as action) {
      <button class="app-button text" type="button" (click)="action.run(); closed.emit()">{{ action.label }}</button>
    }
    <button type="button" class="close" [attr.aria-label]="t('common.closeNotice')" (click)="closed.emit()">
      <app-icon name="close" />
    </button>
  `,
  styleUrl: './notice.scss',
})
export class NoticeBar {
  protected readonly t = t;
  readonly notice = input.required<Notice>();
  readonly closed = output();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect((onCleanup) => {
      this.notice();
      this.resume();
      onCleanup(() => this.pause());
    });
  }

  protected copy(requestId: string): void {
    void navigator.clipboard?.writeText(requestId);
  }

  protected pause(): void {
    clearTimeout(this.timer);
  }

  protected resume(): void {
    this.pause();
    if (this.notice().kind === 'info') this.timer = setTimeout(() => this.closed.emit(), SHOWN_FOR_MS);
  }
}

/** Where notices appear; placed once, at the root of the page. */
@Component({
  selector: 'app-notices-outlet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NoticeBar],
  template: `
    <div class="notices" aria-live="polite" aria-relevant="additions">
      @for (notice of notices.shown(); track notice.id) {
        <app-notice [notice]="notice" (closed)="notices.close(notice.id)" />
      }
    </div>
  `,
  styles: `
    .notices {
      position: fixed;
      inset-block-end: var(--app-notices-block-end, 16px);
      inset-inline-start: var(--app-notices-inline-start, 16px);
      z-index: 1100;
      display: grid;
      gap: 8px;
      max-inline-size: min(480px, calc(100vw - 32px));
      justify-items: start;
    }

    /* Phones have their composer and buttons at the lower edge. */
    @media (width < 600px) {
      .notices {
        inset-block-end: 132px;
      }
    }
  `,
})
export class NoticesOutlet {
  protected readonly notices = inject(Notices);
}
