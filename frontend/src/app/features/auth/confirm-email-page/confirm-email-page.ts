import { ChangeDetectionStrategy, Component, OnInit, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { AuthApi } from '../auth-api';
import { AuthFrame } from '../auth-frame/auth-frame';

/** Where the mail to a new address leads: it confirms the address at once and says how that went. */
@Component({
  selector: 'app-confirm-email-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, RouterLink],
  template: `
    <app-auth-frame heading="Your e-mail address">
      <div class="stack" aria-live="polite">
        @switch (state()) {
          @case ('asking') {
            <p>One moment - the address is being confirmed.</p>
          }
          @case ('confirmed') {
            <p class="done"><app-icon name="check-circle" /> Thank you. From now on this is your address.</p>
            <a class="app-button filled submit" routerLink="/">Go on</a>
          }
          @case ('refused') {
            <p class="trouble"><app-icon name="error" /> {{ reason() }}</p>
            <p class="links"><a routerLink="/">Go to the start page</a></p>
          }
        }
      </div>
    </app-auth-frame>
  `,
  styleUrl: '../auth-form.scss',
})
export class ConfirmEmailPage implements OnInit {
  private readonly api = inject(AuthApi);

  /** From `?token=` of the mail's link. */
  readonly token = input<string>();
  protected readonly state = signal<'asking' | 'confirmed' | 'refused'>('asking');
  protected readonly reason = signal('This link is not complete. Copy it from the mail once more.');

  ngOnInit(): void {
    const token = this.token();
    if (!token) return this.state.set('refused');
    this.api.confirmEmail(token).subscribe({
      next: () => this.state.set('confirmed'),
      error: (error: unknown) => {
        this.reason.set(toProblem(error).detail);
        this.state.set('refused');
      },
    });
  }
}
