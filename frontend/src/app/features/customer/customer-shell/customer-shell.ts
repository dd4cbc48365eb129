import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  OnInit,
  ViewContainerRef,
  inject,
  viewChild,
} from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { ConfirmHint } from '../../../domain/account/confirm-hint';
import { BrandMark } from '../../../shared/brand/brand-mark';
import { t } from '../../../shared/texts/text';

/** The frame of all pages of a customer: a bar on top, one centred column below. */
@Component({
  selector: 'app-customer-shell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BrandMark, ConfirmHint, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <a class="skip" href="#main" (click)="skip($event, main)">{{ t('customer.skip') }}</a>
    <header>
      <div class="bar">
        <a class="brand" routerLink="/portal/tickets" [attr.aria-label]="t('customer.brand')"><app-brand-mark /></a>
        <nav [attr.aria-label]="t('customer.main')" data-pane>
          <a routerLink="/portal/tickets" routerLinkActive="current" ariaCurrentWhenActive="page">{{
            t('customer.list.heading')
          }}</a>
        </nav>
        <div class="tools"><ng-container #tools /></div>
      </div>
    </header>
    <main #main id="main" tabindex="-1" data-pane>
      @if (session.user()?.confirmationPending) {
        @defer {
          <app-confirm-hint class="hint" />
        }
      }
      <router-outlet />
    </main>
  `,
  styleUrl: './customer-shell.scss',
})
export class CustomerShell implements OnInit {
  protected readonly t = t;
  private readonly application = inject(ApplicationRef);
  private readonly problems = inject(ProblemNotifier);
  protected readonly session = inject(Session);
  private readonly tools = viewChild.required('tools', { read: ViewContainerRef });

  ngOnInit(): void {
    void this.bringTools().catch((error: unknown) => this.problems.show(error, t('customer.menuMissing')));
  }

  /** The address stays as it is: `#main` would count as another page. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }

  /** The page itself comes first; its room in the bar is kept. */
  private async bringTools(): Promise<void> {
    await this.application.whenStable();
    const { ShellTools } = await import('./shell-tools');
    this.tools().createComponent(ShellTools);
  }
}
