import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { attemptText } from '../../../core/session/attempt-text';
import { Session } from '../../../core/session/session';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { around, t } from '../../../shared/texts/text';
import { AuthFrame } from '../auth-frame/auth-frame';
import { goOnWhenSignedIn } from '../landing';

/**
 * Signing in with e-mail and password. The way to the first list goes through this page, so its two fields do without
 * the forms package.
 */
@Component({
  selector: 'app-login-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, RouterLink],
  templateUrl: './login-page.html',
  styleUrls: ['../auth-form.scss', './login-page.scss'],
})
export class LoginPage {
  protected readonly t = t;
  protected readonly demo = computed(() => around('auth.setup.demo', 'file'));
  protected readonly setup = computed(() =>
    [
      { code: 'ADMIN_EMAIL', words: around('auth.setup.email', 'email') },
      { code: 'ADMIN_PASSWORD', words: around('auth.setup.password', 'password') },
      { code: 'npm run cli -- user:create --role admin', words: around('auth.setup.command', 'command') },
    ].map(({ code, words: [before, after] }) => ({ before, code, after })),
  );
  private readonly session = inject(Session);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** From `?returnUrl=`. */
  readonly returnUrl = input<string>();

  protected readonly isPasswordShown = signal(false);
  /** Which field was left empty at the last attempt. */
  protected readonly missing = signal<'email' | 'password' | null>(null);
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);

  constructor() {
    goOnWhenSignedIn(this.returnUrl);
  }

  protected async signIn(event: Event, email: string, password: string): Promise<void> {
    event.preventDefault();
    this.missing.set(email.trim() === '' ? 'email' : password === '' ? 'password' : null);
    const missing = this.missing();
    if (missing) return this.focus(missing);
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      await this.session.login(email.trim(), password);
    } catch (error) {
      this.trouble.set(attemptText(toProblem(error)));
      this.focus('password');
    } finally {
      this.isBusy.set(false);
    }
  }

  private focus(field: 'email' | 'password'): void {
    const input = this.element.querySelector<HTMLInputElement>(`#sign-in-${field}`);
    input?.focus();
    input?.select();
  }
}
