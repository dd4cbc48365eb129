import { inject, Injectable, Injector } from '@angular/core';
import { Params, Router } from '@angular/router';

import { ThemeChoice } from '../../core/api/models';
import { COMMAND_IDS, commandEntry, CommandId } from '../../core/commands/command-book';
import { CommandActions, Commands } from '../../core/commands/commands';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { Session } from '../../core/session/session';
import { ProfileApi } from '../account/profile-api';
import { Theme } from '../../core/theme/theme';
import { t } from '../../shared/texts/text';
import { loadTexts } from '../../shared/texts/text-loading';
import { Panes } from './panes';

/** What can be done on every page of a signed-in person. */
@Injectable({ providedIn: 'root' })
export class StandingCommands {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly panes = inject(Panes);
  private readonly theme = inject(Theme);
  private readonly profile = inject(ProfileApi);
  private readonly problems = inject(ProblemNotifier);

  /** Only what the person's role may do. */
  all(): CommandActions {
    const isMine = (id: CommandId): boolean => {
      const whose = commandEntry(id).for;
      if (whose === undefined) return true;
      if (whose === 'admin') return this.session.role() === 'admin';
      return (whose === 'staff') === this.session.isStaff();
    };
    const actions = this.forAnybody();
    return Object.fromEntries(COMMAND_IDS.filter((id) => id in actions && isMine(id)).map((id) => [id, actions[id]]));
  }

  /** The palette's code comes with the first idle moment, so that it opens at once. */
  async openPalette(): Promise<void> {
    const [{ openPalette }] = await Promise.all([import('./palette'), loadTexts('commands')]);
    openPalette(this.injector);
  }

  private async openKeys(): Promise<void> {
    const [{ openKeyList }] = await Promise.all([import('./key-list'), loadTexts('commands')]);
    openKeyList(this.injector);
  }

  private forAnybody(): CommandActions {
    const list = this.session.isStaff() ? '/agent/tickets' : '/portal/tickets';
    return {
      palette: () => void this.openPalette(),
      keys: () => void this.openKeys(),
      search: () => void this.searchIn(list, this.session.isStaff() ? { view: 'all' } : {}),
      'ticket.new': () => this.go(`${list}/new`),
      'go.mine': () => this.go(list, this.session.isStaff() ? { view: 'mine' } : {}),
      'go.queue': () => this.go(list, { view: 'queue' }),
      'go.search': () => void this.searchIn(list, { view: 'all' }),
      'go.notifications': () => this.go('/notifications'),
      'pane.next': () => this.panes.move(1),
      'pane.previous': () => this.panes.move(-1),
      'settings.profile': () => this.go('/profile'),
      'settings.keys': () => this.go('/profile', {}, 'keys'),
      'settings.notifications': () => this.go('/profile', {}, 'notifications'),
      'settings.password': () => this.go('/profile', {}, 'change-password'),
      'settings.devices': () => this.go('/profile', {}, 'devices'),
      'settings.light': () => this.wear('light'),
      'settings.dark': () => this.wear('dark'),
      'settings.system': () => this.wear('system'),
      'settings.sign-out': () => void this.session.logout(),
      'desk.people': () => this.go('/admin/people'),
      'desk.categories': () => this.go('/admin/categories'),
      'desk.mails': () => this.go('/admin/mails'),
      'desk.audit': () => this.go('/admin/audit'),
      'desk.settings': () => this.go('/admin/settings'),
      'desk.self-test': () => this.go('/admin/self-test'),
    };
  }

  private go(path: string, queryParams: Params = {}, fragment?: string): void {
    void this.router.navigate([path], { queryParams, ...(fragment && { fragment }) });
  }

  /** To the list, whose own search takes the focus once the list is there. */
  private async searchIn(list: string, queryParams: Params): Promise<void> {
    await this.router.navigate([list], { queryParams });
    setTimeout(() => this.commands.run('search'));
  }

  private wear(choice: ThemeChoice): void {
    this.theme.apply(choice);
    this.profile.update({ preferences: { theme: choice } }).subscribe({
      error: (error: unknown) => this.problems.show(error, t('commands.themeNotKept')),
    });
  }
}
