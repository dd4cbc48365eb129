import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';

import { AppIcon } from '../icon/app-icon';
import { toProblem } from '../problems/problem';
import { t } from '../texts/text';
import { Illustration } from './illustration';

/** What failed, beside the part that failed, with Retry and the request id to copy. */
@Component({
  selector: 'app-load-error',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Illustration],
  template: `
    <div class="state" role="alert">
      <app-illustration name="storm" />
      <p class="heading">{{ heading() ?? t('common.notLoaded') }}</p>
      <p class="text">{{ words() }}</p>
      <button class="app-button tonal" type="button" (click)="retry.emit()">
        <app-icon name="retry" /> {{ t('common.retry') }}
      </button>
      @if (requestId(); as id) {
        <button type="button" class="request" [title]="t('common.copyRequestId')" (click)="copy(id)">
          {{ t('common.request', { id }) }}
        </button>
      }
    </div>
  `,
  styleUrl: './state.scss',
})
export class LoadError {
  protected readonly t = t;
  readonly heading = input<string>();
  /** Said instead of what the error says. */
  readonly text = input<string>();
  /** Anything that was thrown. */
  readonly error = input<unknown>();
  readonly retry = output();

  private readonly problem = computed(() => (this.error() ? toProblem(this.error()) : null));
  protected readonly words = computed(() => this.text() ?? this.problem()?.detail ?? t('common.tryLater'));
  protected readonly requestId = computed(() => this.problem()?.requestId ?? null);

  protected copy(requestId: string): void {
    void navigator.clipboard?.writeText(requestId);
  }
}
