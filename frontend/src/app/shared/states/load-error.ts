import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';

import { AppIcon } from '../icon/app-icon';
import { toProblem } from '../problems/problem';
import { Illustration } from './illustration';

/** What failed, beside the part that failed, with Retry and the request id to copy. */
@Component({
  selector: 'app-load-error',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Illustration],
  template: `
    <div class="state" role="alert">
      <app-illustration name="storm" />
      <p class="heading">{{ heading() }}</p>
      <p class="text">{{ words() }}</p>
      <button class="app-button tonal" type="button" (click)="retry.emit()"><app-icon name="retry" /> Retry</button>
      @if (requestId(); as id) {
        <button type="button" class="request" title="Copy the request id" (click)="copy(id)">Request {{ id }}</button>
      }
    </div>
  `,
  styleUrl: './state.scss',
})
export class LoadError {
  readonly heading = input('This could not be loaded');
  /** Said instead of what the error says. */
  readonly text = input<string>();
  /** Anything that was thrown. */
  readonly error = input<unknown>();
  readonly retry = output();

  private readonly problem = computed(() => (this.error() ? toProblem(this.error()) : null));
  protected readonly words = computed(() => this.text() ?? this.problem()?.detail ?? 'Please try again in a moment.');
  protected readonly requestId = computed(() => this.problem()?.requestId ?? null);

  protected copy(requestId: string): void {
    void navigator.clipboard?.writeText(requestId);
  }
}
