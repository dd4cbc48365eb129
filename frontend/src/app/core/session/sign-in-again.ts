import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';

import { AppIcon } from '../../shared/icon/app-icon';
import { toProblem } from '../../shared/problems/problem';
import { t } from '../../shared/texts/text';
import { attemptText } from './attempt-text';
import { Session } from './session';

/** Over the page of somebody whose sign-in ran out: signing in again goes on where they were. */
@Component({
  selector: 'app-sign-in-again',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <dialog #dialog aria-labelledby="sign-in-again" (cancel)="$event.preventDefault()">
      <form novalidate (submit)="signIn($event, email.value, password.value)">
        <h2 id="sign-in-again">{{ t('common.again.heading') }}</h2>
        <p class="about">{{ t('common.again.about') }}</p>
        <p class="trouble" aria-live="assertive">
          @if (trouble(); as text) {
            <app-icon name="error" /> {{ text }}
          }
        </p>
        <label for="again-email">{{ t('common.email') }}</label>
        <input
          #email
          class="app-input"
          id="again-email"
          type="email"
          name="username"
          autocomplete="username"
          required
          [value]="session.user()?.email ?? ''"
        />
        <label for="again-password">{{ t('common.password') }}</label>
        <input
          #password
          class="app-input"
          id="again-password"
          type="password"
          name="current-password"
          autocomplete="current-password"
          required
          autofocus
        />
        <div class="actions">
          <button class="app-button filled" type="submit" [disabled]="isBusy()">
            {{ t(isBusy() ? 'common.again.signingIn' : 'common.again.signIn') }}
          </button>
          <button class="app-button text" type="button" (click)="session.giveUp()">
            {{ t('common.again.leave') }}
          </button>
        </div>
      </form>
    </dialog>
  `,
  styles: `
    dialog {
      inline-size: min(420px, calc(100vw - 32px));
      padding: 24px;
      border: 0;
      border-radius: 20px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      box-shadow: var(--app-shadow-low);
    }

    dialog::backdrop {
      background: rgb(0 0 0 / 45%);
    }

    form {
      display: grid;
      gap: 8px;
    }

    h2,
    p {
      margin: 0;
    }

    .about {
      color: var(--mat-sys-on-surface-variant);
    }

    .trouble {
      display: flex;
      align-items: center;
      gap: 8px;
      color: var(--mat-sys-error);
    }

    label {
      margin-block-start: 6px;
      font: var(--mat-sys-label-large);
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 12px;
    }
  `,
})
export class SignInAgain {
  protected readonly t = t;
  protected readonly session = inject(Session);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly password = viewChild.required<ElementRef<HTMLInputElement>>('password');

  protected readonly isBusy = signal(false);
  protected readonly trouble = signal<string | null>(null);

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }

  protected async signIn(event: Event, email: string, password: string): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      await this.session.login(email.trim(), password);
    } catch (error) {
      this.refused(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  private refused(error: unknown): void {
    this.trouble.set(attemptText(toProblem(error)));
    const field = this.password().nativeElement;
    field.focus();
    field.select();
  }
}
