import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

import { filter, map, startWith } from 'rxjs';

import { Session } from '../../../core/session/session';
import { AccountMenu } from '../../../domain/account/account-menu';
import { CommandDesk } from '../../../domain/commands/command-desk';
import { NotificationBell } from '../../../domain/notifications/notification-bell';
import { BrandMark } from '../../../shared/brand/brand-mark';
import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';

interface RailLink {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
}

/** The frame of all pages of staff: a rail at the side, on phones a bar at the bottom; the page fills the rest. */
@Component({
  selector: 'app-staff-shell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountMenu, AppIcon, BrandMark, CommandDesk, NotificationBell, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './staff-shell.html',
  styleUrl: './staff-shell.scss',
  host: { '[class.in-ticket]': 'inTicket()' },
})
export class StaffShell {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  /** On a phone the open ticket has the whole screen; its own button leads back. */
  protected readonly inTicket = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(({ urlAfterRedirects }) => isTicket(urlAfterRedirects)),
      startWith(isTicket(this.router.url)),
    ),
    { requireSync: true },
  );

  protected readonly links = computed((): RailLink[] => [
    { path: '/agent/tickets', name: 'Tickets', icon: 'inbox' },
    ...(this.session.role() === 'admin' ? ADMIN_LINKS : []),
  ]);
}

const ADMIN_LINKS: readonly RailLink[] = [{ path: '/admin', name: 'Admin', icon: 'settings' }];

const isTicket = (url: string): boolean => /^\/agent\/tickets\/\d/.test(url);
