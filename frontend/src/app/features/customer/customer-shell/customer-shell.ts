import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

import { AccountMenu } from '../../../domain/account/account-menu';
import { NotificationBell } from '../../../domain/notifications/notification-bell';
import { BrandMark } from '../../../shared/brand/brand-mark';

/** The frame of all pages of a customer: a bar on top, one centred column below. */
@Component({
  selector: 'app-customer-shell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountMenu, BrandMark, NotificationBell, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <a class="skip" href="#main" (click)="skip($event, main)">Skip to the content</a>
    <header>
      <div class="bar">
        <a class="brand" routerLink="/portal/tickets" aria-label="Parley, my tickets"><app-brand-mark /></a>
        <nav aria-label="Main">
          <a routerLink="/portal/tickets" routerLinkActive="current" ariaCurrentWhenActive="page">My tickets</a>
        </nav>
        <app-notification-bell />
        <app-account-menu />
      </div>
    </header>
    <main #main id="main" tabindex="-1"><router-outlet /></main>
  `,
  styleUrl: './customer-shell.scss',
})
export class CustomerShell {
  /** The address stays as it is: `#main` would count as another page. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
