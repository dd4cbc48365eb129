import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { finalize } from 'rxjs';

import { Session } from '../../core/session/session';
import { AppIcon } from '../../shared/icon/app-icon';
import { toProblem } from '../../shared/problems/problem';
import { around, t } from '../../shared/texts/text';
import { ProfileApi } from './profile-api';

/** Says that mails wait for the address to be confirmed, and sends the link once more. */
@Component({
  selector: 'app-confirm-hint',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <app-icon name="mail" />
    <p>
      {{ words()[0] }}<strong>{{ session.user()?.email }}</strong
      >{{ words()[1] }}
      <span role="status">{{ said() }}</span>
    </p>
    <button class="app-button text" type="button" [disabled]="isBusy()" (click)="sendAgain()">
      {{ t('common.confirmHint.again') }}
    </button>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 8px 16px;
      border-radius: 14px;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      font: var(--mat-sys-body-medium);
    }

    p {
      flex: 1 1 220px;
      margin: 0;
      overflow-wrap: anywhere;
    }

    .app-button {
      color: inherit;
    }
  `,
})
export class ConfirmHint {
  protected readonly t = t;
  protected readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);

  protected readonly words = computed(() => around('common.confirmHint.text', 'email'));
  protected readonly isBusy = signal(false);
  protected readonly said = signal('');

  protected sendAgain(): void {
    this.isBusy.set(true);
    this.said.set('');
    this.profile
      .sendConfirmation()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: () => this.said.set(t('common.confirmHint.sent')),
        error: (error: unknown) => this.said.set(toProblem(error).detail),
      });
  }
}
