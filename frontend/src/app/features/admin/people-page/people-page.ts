import { ChangeDetectionStrategy, Component, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Role, User } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { Avatar } from '../../../shared/avatar/avatar';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi, UserChange } from '../admin-api';
import { PagedRows } from '../paged-rows';
import { InviteForm } from './invite-form';
import { ROLE_WORDS, ROLES } from './roles';

const TYPING_PAUSE_MS = 300;

/** Everybody with an account: who they are, what they may do, whether they may sign in. */
@Component({
  selector: 'app-people-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, EmptyState, InviteForm, LoadError, MatButton, Skeleton],
  templateUrl: './people-page.html',
  styleUrl: '../admin-page.scss',
})
export class PeoplePage {
  private readonly api = inject(AdminApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly session = inject(Session);

  protected readonly roles = ROLES;
  protected readonly words = ROLE_WORDS;
  protected readonly people = new PagedRows<User>('/api/users');
  protected readonly search = signal('');
  protected readonly role = signal<Role | ''>('');
  protected readonly inviting = signal(false);
  protected readonly busyId = signal<string | null>(null);

  constructor() {
    effect((onCleanup) => {
      const query = { ...(this.search() && { q: this.search() }), ...(this.role() && { role: this.role() }) };
      const wait = this.search() ? TYPING_PAUSE_MS : 0;
      const timer = setTimeout(() => untracked(() => this.people.show(query)), wait);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected isSelf(user: User): boolean {
    return user.id === this.session.user()?.id;
  }

  protected chooseRole(value: string): void {
    this.role.set(ROLES.find((role) => role === value) ?? '');
  }

  protected invited(user: User): void {
    this.inviting.set(false);
    this.people.prepend(user);
    this.notices.info(`${user.name} was invited. The link in the mail is good for 72 hours.`);
  }

  protected async changeRole(user: User, select: HTMLSelectElement): Promise<void> {
    const role = ROLES.find((known) => known === select.value) ?? user.role;
    const sure = await this.confirm.ask({
      title: `Make ${user.name} ${article(role)}?`,
      text: 'It takes effect at once, also where they are signed in.',
      confirm: 'Change role',
    });
    if (sure) this.change(user, { role }, () => (select.value = user.role));
    else select.value = user.role;
  }

  protected async switchActive(user: User): Promise<void> {
    const sure =
      !user.active ||
      (await this.confirm.ask({
        title: `Switch ${user.name} off?`,
        text: 'They are signed out everywhere and can not sign in until switched on again. Their tickets stay.',
        confirm: 'Switch off',
        danger: true,
      }));
    if (sure) this.change(user, { active: !user.active });
  }

  protected async remove(user: User): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Delete ${user.name}?`,
      text: 'Name and address go for good, and nobody can bring them back. Tickets and messages stay, under a placeholder.',
      confirm: 'Delete person',
      danger: true,
    });
    if (!sure) return;
    this.busyId.set(user.id);
    this.api.removeUser(user.id).subscribe({
      next: () => {
        this.busyId.set(null);
        this.people.remove(({ id }) => id === user.id);
      },
      error: (error: unknown) => this.refuse(user, error),
    });
  }

  private change(user: User, change: UserChange, undo: () => void = () => undefined): void {
    this.busyId.set(user.id);
    this.api.updateUser(user.id, change).subscribe({
      next: (changed) => {
        this.busyId.set(null);
        this.people.replace(changed, ({ id }) => id === changed.id);
      },
      error: (error: unknown) => {
        undo();
        this.refuse(user, error);
      },
    });
  }

  private refuse(user: User, error: unknown): void {
    this.busyId.set(null);
    if (toProblem(error).code === 'last-admin') {
      this.notices.error(`${user.name} is the last active admin. Make somebody else an admin first.`);
    } else this.problems.show(error, 'The change was not made');
  }
}

const article = (role: Role): string =>
  role === 'customer' ? 'a customer' : role === 'agent' ? 'an agent' : 'an admin';
