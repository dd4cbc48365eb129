import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Illustration, IllustrationName } from './illustration';

/** Nothing to show: one sentence, and the next action projected into it. */
@Component({
  selector: 'app-empty-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Illustration],
  template: `
    <div class="state">
      <app-illustration [name]="illustration()" />
      <p class="heading">{{ heading() }}</p>
      @if (text(); as text) {
        <p class="text">{{ text }}</p>
      }
      <ng-content />
    </div>
  `,
  styleUrl: './state.scss',
})
export class EmptyState {
  readonly illustration = input<IllustrationName>('conversation');
  readonly heading = input.required<string>();
  readonly text = input<string>();
}
