import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { AuthApi } from '../auth-api';
import { AuthFrame } from '../auth-frame/auth-frame';
import { takeLinkToken } from '../link-token';

/** Confirming an address. It takes a click, because programs that check mails for viruses follow links. */
@Component({
  selector: 'app-confirm-email-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, RouterLink],
  template: `
    @if (isConfirmed()) {
      <app-auth-frame heading="Address confirmed">
        <div class="stack">
          <p class="done" role="status">
            <app-icon name="check-circle" /> Thank you. Sign in with this address from now on.
          </p>
          <a class="app-button filled submit" routerLink="/">Go on</a>
        </div>
      </app-auth-frame>
    } @else if (!token || isLinkSpent()) {
      <app-auth-frame heading="This link does not work">
        <div class="stack">
          <p class="trouble" role="alert">
            <app-icon name="error" /> It was used already, replaced by a newer one, or is older than a day. You can ask
            for a new one in your profile.
          </p>
          <p class="links"><a routerLink="/profile">Go to the profile</a></p>
        </div>
      </app-auth-frame>
    } @else {
      <app-auth-frame heading="Confirm your address" lead="One click, and this address is yours here.">
        <div class="stack">
          <div aria-live="assertive">
            @if (trouble(); as text) {
              <p class="trouble"><app-icon name="error" /> {{ text }}</p>
            }
          </div>
          <button class="app-button filled submit" type="button" [disabled]="isBusy()" (click)="confirm(token)">
            Confirm the address
          </button>
        </div>
      </app-auth-frame>
    }
  `,
  styleUrl: '../auth-form.scss',
})
export class ConfirmEmailPage {
  private readonly api = inject(AuthApi);

  protected readonly token = takeLinkToken();

  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly isConfirmed = signal(false);
  /** The link was used, replaced or is too old. */
  protected readonly isLinkSpent = signal(false);

  protected confirm(token: string): void {
    this.isBusy.set(true);
    this.trouble.set(null);
    this.api.confirmEmail(token).subscribe({
      next: () => this.isConfirmed.set(true),
      error: (error: unknown) => {
        this.isBusy.set(false);
        const { code, detail, status } = toProblem(error);
        this.isLinkSpent.set(code === 'invalid-token' || status === 400);
        this.trouble.set(detail);
      },
    });
  }
}
