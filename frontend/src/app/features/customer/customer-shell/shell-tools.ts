import { ChangeDetectionStrategy, Component } from '@angular/core';

import { AccountMenu } from '../../../domain/account/account-menu';
import { CommandDesk } from '../../../domain/commands/command-desk';
import { NotificationBell } from '../../../domain/notifications/notification-bell';

/** The right end of the bar. */
@Component({
  selector: 'app-shell-tools',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountMenu, CommandDesk, NotificationBell],
  template: `
    <app-command-desk />
    <app-notification-bell />
    <app-account-menu />
  `,
  styles: `
    :host {
      display: flex;
      gap: 8px;
    }
  `,
})
export class ShellTools {}
