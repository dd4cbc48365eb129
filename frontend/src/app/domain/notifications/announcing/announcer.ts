import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';

import { NewNotification } from '../../../core/api/models';
import { WindowAttention } from '../../../core/page/window-attention';
import { Session } from '../../../core/session/session';
import { Desktop } from './desktop';
import { OneTab } from './one-tab';
import { Sound } from './sound';

/** The tab that somebody looks at goes first: it knows best whether anything has to be said. */
const HEAD_START_MS = 300;
const TICKET_PAGE = /\/tickets\/(\d+)(?:[/?#]|$)/;

/** Says that there is a new notice, outside the page: on the desktop and by a sound, in one tab of several. */
@Injectable({ providedIn: 'root' })
export class Announcer {
  private readonly attention = inject(WindowAttention);
  private readonly desktop = inject(Desktop);
  private readonly oneTab = inject(OneTab);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly sound = inject(Sound);

  async announce(notification: NewNotification): Promise<void> {
    if (!this.attention.isWatched()) await new Promise((resolve) => setTimeout(resolve, HEAD_START_MS));
    await this.oneTab.run(`notice-${notification.id}`, () => this.say(notification));
  }

  private async say(notification: NewNotification): Promise<void> {
    const isWatched = this.attention.isWatched();
    if (isWatched && this.shownTicket() === notification.ticketId) return;
    if (notification.alerts.desktop && !isWatched) this.show(notification);
    if (notification.alerts.sound) await this.sound.play();
  }

  private show({ ticketId, actor, title, text }: NewNotification): void {
    const isNeutral = this.session.user()?.preferences?.notifications.neutral ?? true;
    this.desktop.show({
      title: isNeutral ? 'Parley' : (actor?.name ?? title),
      text: isNeutral ? 'There is news about a ticket.' : text,
      tag: `ticket-${ticketId}`,
      open: () => void this.router.navigateByUrl(`/tickets/${ticketId}`),
    });
  }

  private shownTicket(): number | null {
    const found = TICKET_PAGE.exec(this.router.url)?.[1];
    return found === undefined ? null : Number(found);
  }
}
