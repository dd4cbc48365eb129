import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';

import { Preferences } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';

type AfterResolve = Preferences['workspace']['afterResolve'];

/** Where staff want to be once a ticket is resolved. */
@Component({
  selector: 'app-after-resolve-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="after-resolve">
      <h2 id="after-resolve">{{ t('commands.afterResolve.heading') }}</h2>
      <div class="actions">
        <select
          #choice
          class="app-input"
          aria-labelledby="after-resolve"
          [disabled]="isBusy()"
          (change)="choose(choice.value === 'next' ? 'next' : 'stay')"
        >
          <option value="stay" [selected]="chosen() === 'stay'">{{ t('commands.afterResolve.stay') }}</option>
          <option value="next" [selected]="chosen() === 'next'">{{ t('commands.afterResolve.next') }}</option>
        </select>
        <span role="status">
          @if (isSaved()) {
            <span class="saved"><app-icon name="check" /> {{ t('commands.saved') }}</span>
          }
        </span>
      </div>
      <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
    </section>
  `,
  styleUrl: './section.scss',
  styles: `
    select {
      max-inline-size: 320px;
    }
  `,
})
export class AfterResolveSection {
  protected readonly t = t;
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);

  protected readonly chosen = computed(() => this.session.user()?.preferences?.workspace.afterResolve ?? 'stay');
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  protected choose(afterResolve: AfterResolve): void {
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    this.profile.update({ preferences: { workspace: { afterResolve } } }).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.isSaved.set(true);
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        this.trouble.set(toProblem(error).detail);
      },
    });
  }
}
