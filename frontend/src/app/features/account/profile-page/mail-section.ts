import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';

import { Preferences } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';

type MailKind = keyof Preferences['email'];

interface MailChoice {
  readonly kind: MailKind;
  readonly words: string;
  readonly hint: string;
}

const CHOICES: readonly MailChoice[] = [
  { kind: 'messages', words: 'Answers', hint: 'Somebody wrote to you while you were away.' },
  { kind: 'status', words: 'Progress', hint: 'A ticket was taken on, solved, reopened or closed.' },
];
const STAFF_CHOICES: readonly MailChoice[] = [
  ...CHOICES,
  { kind: 'assignments', words: 'Assignments', hint: 'A ticket was given to you.' },
];

/** Which mails the person wants; each switch saves by itself. */
@Component({
  selector: 'app-mail-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="mails">
      <h2 id="mails">Mails</h2>
      <p class="about">What we may send you. Notifications on this page are not affected.</p>
      @for (choice of choices(); track choice.kind) {
        <label>
          <input
            #box
            type="checkbox"
            role="switch"
            [checked]="isOn(choice.kind)"
            [disabled]="!preferences()"
            (change)="toggle(choice.kind, box.checked)"
          />
          <span>
            <strong>{{ choice.words }}</strong>
            <span class="hint">{{ choice.hint }}</span>
          </span>
          @if (savedKind() === choice.kind) {
            <span class="saved" role="status"><app-icon name="check" /> Saved</span>
          }
        </label>
      }
    </section>
  `,
  styleUrl: './section.scss',
  styles: `
    label {
      display: flex;
      gap: 14px;
      align-items: center;
      min-block-size: 44px;
      cursor: pointer;
    }

    input {
      position: relative;
      flex: none;
      inline-size: 44px;
      block-size: 26px;
      margin: 0;
      border: 2px solid var(--mat-sys-outline);
      border-radius: 13px;
      appearance: none;
      background: var(--mat-sys-surface-container-highest);
      cursor: pointer;
      transition: background-color 120ms;
    }

    input::after {
      position: absolute;
      inset-block-start: 4px;
      inset-inline-start: 4px;
      inline-size: 14px;
      block-size: 14px;
      border-radius: 50%;
      background: var(--mat-sys-outline);
      content: '';
      transition: inset-inline-start 120ms;
    }

    input:checked {
      border-color: var(--mat-sys-primary);
      background: var(--mat-sys-primary);
    }

    input:checked::after {
      inset-inline-start: 22px;
      background: var(--mat-sys-on-primary);
    }

    strong {
      display: block;
      font: var(--mat-sys-title-small);
    }

    .hint {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }

    .saved {
      margin-inline-start: auto;
    }
  `,
})
export class MailSection {
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly problems = inject(ProblemNotifier);

  protected readonly choices = computed(() => (this.session.isStaff() ? STAFF_CHOICES : CHOICES));
  protected readonly preferences = computed(() => this.session.user()?.preferences);
  protected readonly savedKind = signal<MailKind | null>(null);

  protected isOn(kind: MailKind): boolean {
    return this.preferences()?.email[kind] ?? false;
  }

  protected toggle(kind: MailKind, isOn: boolean): void {
    this.savedKind.set(null);
    const before = this.preferences();
    if (!before) return;
    this.session.updateUser({ preferences: { ...before, email: { ...before.email, [kind]: isOn } } });
    this.profile.update({ preferences: { email: { [kind]: isOn } } }).subscribe({
      next: () => this.savedKind.set(kind),
      error: (error: unknown) => {
        this.session.updateUser({ preferences: before });
        this.problems.show(error, 'The setting could not be saved');
      },
    });
  }
}
