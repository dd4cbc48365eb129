import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';
import { TextKey } from '../../../shared/texts/text-files';
import { AuthApi } from '../auth-api';
import { AuthFrame } from '../auth-frame/auth-frame';
import { takeLinkToken } from '../link-token';

const KINDS: Readonly<Record<string, TextKey>> = {
  messages: 'auth.stop.messages',
  status: 'auth.stop.status',
  assignments: 'auth.stop.assignments',
  mentions: 'auth.stop.mentions',
  priority: 'auth.stop.priority',
  created: 'auth.stop.created',
};

/** Switching off a kind of mail. It takes a click, because programs that check mails for viruses follow links. */
@Component({
  selector: 'app-unsubscribe-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, RouterLink],
  template: `
    @if (isDone()) {
      <app-auth-frame [heading]="t('auth.stop.done')">
        <div class="stack">
          <p class="done" role="status">
            <app-icon name="check-circle" /> {{ t('auth.stop.doneText', { kind: kind ? t(kind) : '' }) }}
          </p>
          <p class="links">
            <a routerLink="/profile">{{ t('auth.goToProfile') }}</a>
          </p>
        </div>
      </app-auth-frame>
    } @else if (!kind || isLinkWrong()) {
      <app-auth-frame [heading]="t('auth.spent.heading')">
        <div class="stack">
          <p class="trouble" role="alert"><app-icon name="error" /> {{ t('auth.stop.wrongText') }}</p>
          <p class="links">
            <a routerLink="/profile">{{ t('auth.goToProfile') }}</a>
          </p>
        </div>
      </app-auth-frame>
    } @else {
      <app-auth-frame [heading]="t('auth.stop.heading')" [lead]="t('auth.stop.lead', { kind: t(kind) })">
        <div class="stack">
          <div aria-live="assertive">
            @if (trouble(); as text) {
              <p class="trouble"><app-icon name="error" /> {{ text }}</p>
            }
          </div>
          <button class="app-button filled submit" type="button" [disabled]="isBusy()" (click)="stop(token ?? '')">
            {{ t('auth.stop.do') }}
          </button>
          <p class="links">
            <a routerLink="/profile">{{ t('auth.stop.choose') }}</a>
          </p>
        </div>
      </app-auth-frame>
    }
  `,
  styleUrl: '../auth-form.scss',
})
export class UnsubscribePage {
  protected readonly t = t;
  private readonly api = inject(AuthApi);

  protected readonly token = takeLinkToken();

  /** The link names the kind of mail in plain words; whether it is genuine, the server says. */
  protected readonly kind = KINDS[this.token?.split('.')[1] ?? ''] ?? null;
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly isDone = signal(false);
  protected readonly isLinkWrong = signal(false);

  protected stop(token: string): void {
    this.isBusy.set(true);
    this.trouble.set(null);
    this.api.unsubscribe(token).subscribe({
      next: () => this.isDone.set(true),
      error: (error: unknown) => {
        this.isBusy.set(false);
        const { detail, status } = toProblem(error);
        this.isLinkWrong.set(status === 400 || status === 404);
        this.trouble.set(detail);
      },
    });
  }
}
