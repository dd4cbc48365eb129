import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { AuthApi } from '../auth-api';
import { AuthFrame } from '../auth-frame/auth-frame';
import { takeLinkToken } from '../link-token';

const KINDS: Readonly<Record<string, string>> = {
  messages: 'what is said in your tickets',
  status: 'what becomes of your tickets',
  assignments: 'tickets that are assigned to you',
  mentions: 'notes in which you are mentioned',
  priority: 'how urgent your tickets are',
  created: 'new tickets',
};

/** Switching off a kind of mail. It takes a click, because programs that check mails for viruses follow links. */
@Component({
  selector: 'app-unsubscribe-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, RouterLink],
  template: `
    @if (isDone()) {
      <app-auth-frame heading="Done">
        <div class="stack">
          <p class="done" role="status">
            <app-icon name="check-circle" /> You get no more mails about {{ kind }}. In your profile you can switch them
            on again.
          </p>
          <p class="links"><a routerLink="/profile">Go to the profile</a></p>
        </div>
      </app-auth-frame>
    } @else if (!kind || isLinkWrong()) {
      <app-auth-frame heading="This link does not work">
        <div class="stack">
          <p class="trouble" role="alert">
            <app-icon name="error" /> It is not complete. Open it from the mail again, or choose in your profile which
            mails you get.
          </p>
          <p class="links"><a routerLink="/profile">Go to the profile</a></p>
        </div>
      </app-auth-frame>
    } @else {
      <app-auth-frame heading="No more of these mails?" [lead]="'They are about ' + kind + '.'">
        <div class="stack">
          <div aria-live="assertive">
            @if (trouble(); as text) {
              <p class="trouble"><app-icon name="error" /> {{ text }}</p>
            }
          </div>
          <button class="app-button filled submit" type="button" [disabled]="isBusy()" (click)="stop(token ?? '')">
            Stop these mails
          </button>
          <p class="links"><a routerLink="/profile">Choose in the profile instead</a></p>
        </div>
      </app-auth-frame>
    }
  `,
  styleUrl: '../auth-form.scss',
})
export class UnsubscribePage {
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
