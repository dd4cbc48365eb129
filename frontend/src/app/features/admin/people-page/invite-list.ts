import { ChangeDetectionStrategy, Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { concatMap, finalize, from, map } from 'rxjs';

import { Role, User } from '../../../core/api/models';
import { toProblem } from '../../../shared/problems/problem';
import { AdminApi } from '../admin-api';
import { PastedLine, pastedPeople } from './pasted-people';
import { ROLE_WORDS, ROLES } from './roles';

/** So many the server takes at once. */
const PART = 100;

type Wanted = PastedLine & { readonly person: NonNullable<PastedLine['person']> };

const isWanted = (line: PastedLine): line is Wanted => line.person !== null;

/** Invites everybody of a pasted list. Lines with a trouble stay in the field, all others go on. */
@Component({
  selector: 'app-invite-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButton],
  template: `
    <form class="card" (submit)="$event.preventDefault(); invite()">
      <h2>Invite several people</h2>
      <label class="list">
        People, one on each line
        <textarea
          #list
          class="app-input"
          rows="6"
          aria-describedby="invite-list-about"
          placeholder="Ana Silva <ana@example.com>"
          [value]="text()"
          (input)="changed(list.value)"
        ></textarea>
      </label>
      <p id="invite-list-about" class="lead">
        A name with an address, an address alone, or rows of a table with commas or semicolons.
      </p>
      <label class="list">
        Role of all of them
        <select #chosen class="app-input role" (change)="choose(chosen.value)">
          @for (entry of roles; track entry) {
            <option [value]="entry" [selected]="entry === role()">{{ words[entry] }}</option>
          }
        </select>
      </label>
      <p class="lead" role="status">{{ summary() }}</p>
      @if (troubles().length > 0) {
        <ul class="troubles" aria-label="Lines that were not invited">
          @for (trouble of troubles(); track $index) {
            <li class="trouble">{{ trouble }}</li>
          }
        </ul>
      }
      <div class="actions">
        <button matButton type="button" (click)="cancelled.emit()">Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy() || wanted().length === 0">
          {{ wanted().length === 1 ? 'Send one invitation' : 'Send ' + wanted().length + ' invitations' }}
        </button>
      </div>
    </form>
  `,
  styleUrl: '../admin-page.scss',
  styles: `
    .list {
      display: grid;
      gap: 6px;
      font: var(--mat-sys-title-small);
    }

    textarea {
      inline-size: 100%;
      min-block-size: 120px;
      resize: vertical;
    }

    .troubles {
      overflow-wrap: anywhere;
    }
  `,
})
export class InviteList {
  private readonly api = inject(AdminApi);

  readonly invited = output<User[]>();
  /** Everybody was: there is nothing left to do here. */
  readonly done = output();
  readonly cancelled = output();

  protected readonly roles = ROLES;
  protected readonly words = ROLE_WORDS;
  protected readonly text = signal('');
  protected readonly role = signal<Role>('agent');
  protected readonly busy = signal(false);
  private readonly keys = new Map<string, string>();
  private readonly outcome = signal<string | null>(null);
  private readonly refused = signal<readonly string[]>([]);
  private readonly lines = computed(() => pastedPeople(this.text()));
  protected readonly wanted = computed(() => this.lines().filter(isWanted));
  /** What the server said of lines stays until they are changed; before that, what can be seen here. */
  protected readonly troubles = computed(() =>
    this.refused().length > 0
      ? this.refused()
      : this.lines().flatMap(({ line, text, trouble }) => (trouble ? [`Line ${line}, “${text}”: ${trouble}`] : [])),
  );
  protected readonly summary = computed(() => {
    if (this.busy()) return 'Sending…';
    const count = this.wanted().length;
    return this.outcome() ?? (count === 1 ? 'One person can be invited.' : `${count} people can be invited.`);
  });

  isDirty(): boolean {
    return this.text().trim() !== '';
  }

  protected changed(text: string): void {
    this.text.set(text);
    this.outcome.set(null);
    this.refused.set([]);
  }

  protected choose(value: string): void {
    this.role.set(ROLES.find((role) => role === value) ?? 'agent');
  }

  invite(): void {
    const wanted = this.wanted();
    if (this.busy() || wanted.length === 0) return;
    this.busy.set(true);
    const troubles = this.lines().flatMap(({ text, trouble }) => (trouble ? [{ text, trouble }] : []));
    const users: User[] = [];
    let sent = 0;
    from(partsOf(wanted))
      .pipe(
        concatMap((part) => this.send(part).pipe(map((results) => ({ part, results })))),
        finalize(() => this.busy.set(false)),
      )
      .subscribe({
        next: ({ part, results }) => {
          sent += part.length;
          for (const [index, { user, error }] of results.entries()) {
            if (user) users.push(user);
            else if (error) troubles.push({ text: part[index]?.text ?? '', trouble: error.detail });
          }
        },
        complete: () => this.finish(users, troubles),
        error: (error: unknown) => {
          const { detail } = toProblem(error);
          for (const { text } of wanted.slice(sent)) troubles.push({ text, trouble: detail });
          this.finish(users, troubles);
        },
      });
  }

  private send(part: readonly Wanted[]): ReturnType<AdminApi['inviteMany']> {
    const role = this.role();
    const people = part.map(({ person }) => ({ ...person, role }));
    return this.api.inviteMany(people, this.keyOf(JSON.stringify(people)));
  }

  /** The same for the same people, so that nobody gets two mails after an answer that was lost. */
  private keyOf(people: string): string {
    const key = this.keys.get(people) ?? crypto.randomUUID();
    this.keys.set(people, key);
    return key;
  }

  private finish(users: User[], troubles: readonly { text: string; trouble: string }[]): void {
    this.invited.emit(users);
    if (troubles.length === 0) return this.done.emit();
    this.text.set(troubles.map(({ text }) => text).join('\n'));
    this.refused.set(troubles.map(({ text, trouble }) => `“${text}”: ${trouble}`));
    const count = users.length === 1 ? 'One person was invited' : `${users.length} people were invited`;
    this.outcome.set(`${count}. ${troubles.length === 1 ? 'One line is' : `${troubles.length} lines are`} left.`);
  }
}

const partsOf = (lines: readonly Wanted[]): Wanted[][] =>
  Array.from({ length: Math.ceil(lines.length / PART) }, (_, part) => lines.slice(part * PART, (part + 1) * PART));
