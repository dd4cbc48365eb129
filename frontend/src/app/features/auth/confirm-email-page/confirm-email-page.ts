import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';
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
      <app-auth-frame [heading]="t('auth.confirm.done')">
        <div class="stack">
          <p class="done" role="status"><app-icon name="check-circle" /> {{ t('auth.confirm.doneText') }}</p>
          <a class="app-button filled submit" routerLink="/">{{ t('auth.confirm.goOn') }}</a>
        </div>
      </app-auth-frame>
    } @else if (!token || isLinkSpent()) {
      <app-auth-frame [heading]="t('auth.spent.heading')">
        <div class="stack">
          <p class="trouble" role="alert"><app-icon name="error" /> {{ t('auth.confirm.spentText') }}</p>
          <p class="links">
            <a routerLink="/profile">{{ t('auth.goToProfile') }}</a>
          </p>
        </div>
      </app-auth-frame>
    } @else {
      <app-auth-frame [heading]="t('auth.confirm.heading')" [lead]="t('auth.confirm.lead')">
        <div class="stack">
          <div aria-live="assertive">
            @if (trouble(); as text) {
              <p class="trouble"><app-icon name="error" /> {{ text }}</p>
            }
          </div>
          <button class="app-button filled submit" type="button" [disabled]="isBusy()" (click)="confirm(token)">
            {{ t('auth.confirm.do') }}
          </button>
        </div>
      </app-auth-frame>
    }
  `,
  styleUrl: '../auth-form.scss',
})
export class ConfirmEmailPage {
  protected readonly t = t;
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
