import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { finalize, Observable } from 'rxjs';

import { Role, User } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { Avatar } from '../../../shared/avatar/avatar';
import { Confirm } from '../../../shared/dialogs/confirm';
import { saveFile } from '../../../shared/files/save-file';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { RelativeTime } from '../../../shared/time/relative-time';
import { AdminApi, UserChange } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';
import { PagedRows } from '../../../shared/paging/paged-rows';
import { InviteForm } from './invite-form';
import { InviteList } from './invite-list';
import type { Leave } from './leave-dialog';
import { Leaving } from './leaving';
import { ROLE_EFFECTS, ROLE_WORDS, ROLES } from './roles';

const TYPING_PAUSE_MS = 300;

type StateName = 'active' | 'invited' | 'off';
const STATES: Readonly<Record<StateName, { words: string; query: Readonly<Record<string, string>> }>> = {
  active: { words: 'Active', query: { active: 'true', invited: 'false' } },
  invited: { words: 'Open invitations', query: { active: 'true', invited: 'true' } },
  off: { words: 'Switched off', query: { active: 'false' } },
};
const isState = (name: string | undefined): name is StateName => name !== undefined && name in STATES;

/** Everybody with an account: who they are, what they may do, whether they may sign in. */
@Component({
  selector: 'app-people-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, EmptyState, InviteForm, InviteList, LoadError, MatButton, RelativeTime, Skeleton],
  templateUrl: './people-page.html',
  styleUrl: '../admin-page.scss',
})
export class PeoplePage {
  private readonly api = inject(AdminApi);
  private readonly confirm = inject(Confirm);
  private readonly leaving = inject(Leaving);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly session = inject(Session);
  private readonly unsaved = inject(UnsavedChanges);
  private readonly router = inject(Router);
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly injector = inject(Injector);
  private readonly nameField = viewChild<ElementRef<HTMLInputElement>>('name');
  private readonly form = viewChild(InviteForm);
  private readonly list = viewChild(InviteList);

  protected readonly roles = ROLES;
  protected readonly words = ROLE_WORDS;
  protected readonly states = Object.keys(STATES) as StateName[];
  protected readonly stateWords = STATES;
  protected readonly people = new PagedRows<User>('/api/users');
  /** The filters stand in the URL. */
  readonly q = input<string>();
  readonly role = input<string>();
  readonly state = input<string>();
  protected readonly search = linkedSignal(() => this.q() ?? '');
  private readonly query = computed(() => ({
    ...(this.search() && { q: this.search() }),
    ...(ROLES.some((role) => role === this.role()) && { role: this.role() }),
    ...(isState(this.state()) && STATES[this.state() as StateName].query),
  }));
  protected readonly inviting = signal<'one' | 'list' | null>(null);
  /** Whose name is being changed. */
  protected readonly renamingId = signal<string | null>(null);
  protected readonly isExporting = signal(false);
  protected readonly busyId = signal<string | null>(null);

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();

  constructor() {
    this.unsaved.hold(() => this.isInvitationTyped());
    effect((onCleanup) => {
      const query = this.query();
      const q = this.search();
      const timer = setTimeout(() => untracked(() => this.show(query, q)), q ? TYPING_PAUSE_MS : 0);
      onCleanup(() => clearTimeout(timer));
    });
    pageKeys({
      create: () => this.inviting.set('one'),
      filter: () => this.searchField().nativeElement.focus(),
      save: () => this.save(),
      close: () => void this.close(),
    });
  }

  /** Why somebody cannot be switched off or deleted; null when they can. */
  protected whyNot(user: User): string | null {
    if (user.lastAdmin) return 'The only admin who can sign in: stays one, until you make somebody else an admin.';
    const isSelf = user.id === this.session.user()?.id;
    return isSelf ? 'This is you: another admin can switch you off, and you can leave in your profile.' : null;
  }

  protected filter(change: Readonly<Record<string, string | null>>): void {
    const queryParams = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  /** What was typed is not lost without a yes. */
  protected async close(): Promise<void> {
    if (this.renamingId() !== null) return this.renamingId.set(null);
    if (!this.isInvitationTyped() || (await this.unsaved.discard())) this.inviting.set(null);
  }

  private isInvitationTyped(): boolean {
    return this.form()?.isDirty() === true || this.list()?.isDirty() === true;
  }

  private save(): void {
    const renamed = this.people.rows()?.find(({ id }) => id === this.renamingId());
    if (renamed) return this.rename(renamed, this.nameField()?.nativeElement.value ?? '');
    this.form()?.invite();
    this.list()?.invite();
  }

  protected invitedMany(users: readonly User[]): void {
    for (const user of users) this.people.prepend(user);
    if (users.length === 0) return;
    const count = users.length === 1 ? 'One person was invited' : `${users.length} people were invited`;
    this.notices.info(`${count}. The links in the mails are good for 72 hours.`);
  }

  protected resend(user: User): void {
    this.run(user, this.api.resendInvitation(user.id), (changed) => {
      this.people.replace(changed, ({ id }) => id === changed.id);
      this.notices.info(`${user.name} was mailed a new link. The one before does not work any more.`);
    });
  }

  protected async withdraw(user: User): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Withdraw the invitation of ${user.name}?`,
      text: 'The link in the mail does not work any more, and the account goes for good.',
      confirm: 'Withdraw',
      danger: true,
    });
    if (!sure) return;
    this.run(user, this.api.withdrawInvitation(user.id), () => this.people.remove(({ id }) => id === user.id));
  }

  /** The field begins with all of the name chosen, to be typed over. */
  protected beginRename(user: User): void {
    this.renamingId.set(user.id);
    afterNextRender(() => this.nameField()?.nativeElement.select(), { injector: this.injector });
  }

  protected rename(user: User, value: string): void {
    const name = value.trim();
    this.renamingId.set(null);
    if (name && name !== user.name) this.change(user, { name });
  }

  protected export(): void {
    this.isExporting.set(true);
    this.api
      .exportPeople(this.query())
      .pipe(finalize(() => this.isExporting.set(false)))
      .subscribe({
        next: (file) => saveFile(file, 'people.csv'),
        error: (error: unknown) => this.problems.show(error, 'People could not be exported'),
      });
  }

  protected invited(user: User): void {
    this.inviting.set(null);
    this.people.prepend(user);
    this.notices.info(`${user.name} was invited. The link in the mail is good for 72 hours.`);
  }

  protected async changeRole(user: User, select: HTMLSelectElement): Promise<void> {
    const role = ROLES.find((known) => known === select.value) ?? user.role;
    const question = {
      title: `Make ${user.name} ${article(role)}?`,
      text: `${ROLE_EFFECTS[role]} It takes effect within seconds, also where they are signed in.`,
      confirm: 'Change role',
    };
    const keepsTickets = role !== 'customer' || !user.active;
    const leave = keepsTickets
      ? (await this.confirm.ask(question)) && { reassignTo: null }
      : await this.leaving.ask({ user, ...question });
    if (leave) this.change(user, { role, ...handedOver(leave) }, () => (select.value = user.role));
    else select.value = user.role;
  }

  protected async switchActive(user: User): Promise<void> {
    if (!user.active) return this.change(user, { active: true });
    const leave = await this.leaving.ask({
      user,
      title: `Switch ${user.name} off?`,
      text: 'They are signed out everywhere and can not sign in until switched on again.',
      confirm: 'Switch off',
    });
    if (leave) this.change(user, { active: false, ...handedOver(leave) });
  }

  protected async remove(user: User): Promise<void> {
    const leave = await this.leaving.ask({
      user,
      title: `Delete ${user.name}?`,
      text: 'Name and address go for good, and nobody can bring them back. Tickets and messages stay, under a placeholder.',
      confirm: 'Delete person',
      typed: user.name,
    });
    if (!leave) return;
    const removed = this.api.removeUser(user.id, leave.reassignTo);
    this.run(user, removed, () => {
      this.people.remove(({ id }) => id === user.id);
      if (user.role === 'admin') this.people.reload();
    });
  }

  private change(user: User, change: UserChange, undo: () => void = () => undefined): void {
    const changed = this.api.updateUser(user.id, change);
    const done = (stored: User): void => {
      this.people.replace(stored, ({ id }) => id === stored.id);
      // Of the others one may be the last admin now, or not any more.
      if (user.role === 'admin' || stored.role === 'admin') this.people.reload();
    };
    this.run(user, changed, done, undo);
  }

  private run<Answer>(
    user: User,
    request: Observable<Answer>,
    done: (answer: Answer) => void,
    undo: () => void = () => undefined,
  ): void {
    this.busyId.set(user.id);
    request.pipe(finalize(() => this.busyId.set(null))).subscribe({
      next: done,
      error: (error: unknown) => {
        undo();
        this.refuse(user, error);
      },
    });
  }

  private show(query: Readonly<Record<string, string>>, q: string): void {
    if (q !== (this.q() ?? '')) this.filter({ q });
    this.people.show(query);
  }

  private refuse(user: User, error: unknown): void {
    if (toProblem(error).code === 'last-admin') {
      this.notices.error(`${user.name} is the last active admin. Make somebody else an admin first.`);
    } else this.problems.show(error, 'The change was not made');
  }
}

const handedOver = ({ reassignTo }: Leave): Pick<UserChange, 'reassignTo'> =>
  reassignTo === null ? {} : { reassignTo };

const article = (role: Role): string =>
  role === 'customer' ? 'a customer' : role === 'agent' ? 'an agent' : 'an admin';
