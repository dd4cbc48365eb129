import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';

import { DensityChoice } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { Theme } from '../../../core/theme/theme';
import { ProfileApi } from '../../../domain/account/profile-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';

/** How close the rows of lists stand: applies at once and is kept for the person on all devices. */
@Component({
  selector: 'app-density-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput],
  template: `
    <app-field label="Rows of lists">
      <select appInput #list [value]="choice()" (change)="choose(list.value)">
        @for (option of options; track option.value) {
          <option [value]="option.value" [selected]="option.value === choice()">{{ option.word }}</option>
        }
      </select>
    </app-field>
  `,
})
export class DensitySection {
  private readonly theme = inject(Theme);
  private readonly profile = inject(ProfileApi);
  private readonly session = inject(Session);
  private readonly problems = inject(ProblemNotifier);

  protected readonly choice = computed(() => this.session.user()?.preferences?.density ?? 'auto');
  protected readonly options: readonly { value: DensityChoice; word: string }[] = [
    { value: 'auto', word: 'As usual for my role' },
    { value: 'comfortable', word: 'Comfortable' },
    { value: 'compact', word: 'Compact' },
  ];

  protected choose(value: string): void {
    const density = this.options.find((option) => option.value === value)?.value;
    if (!density) return;
    this.theme.arrange(density);
    this.profile.update({ preferences: { density } }).subscribe({
      error: (error: unknown) => this.problems.show(error, 'The rows could not be kept for your other devices'),
    });
  }
}
