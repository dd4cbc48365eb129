import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { finalize } from 'rxjs';

import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { PresenceBook } from '../../../domain/people/presence-book';
import { TicketWorkApi } from '../../../domain/tickets/ticket-work-api';
import { Avatar } from '../../../shared/avatar/avatar';
import { valueOr } from '../../../shared/resources/value-or';

/** Staff who asked to be told of the ticket, and joining them. */
@Component({
  selector: 'app-followers-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Avatar],
  template: `
    @if (followers().length > 0) {
      <ul>
        @for (person of followers(); track person.id) {
          <li>
            <app-avatar [name]="person.name" [presence]="presence.stateOf(person)" />
            {{ person.id === selfId() ? 'You' : person.name }}
          </li>
        }
      </ul>
    } @else if (list.error()) {
      <p>They could not be loaded.</p>
    } @else if (list.hasValue()) {
      <p>Nobody follows it yet.</p>
    }
    @if (list.hasValue()) {
      <button
        type="button"
        class="app-button text"
        [attr.aria-pressed]="isFollowing()"
        [disabled]="isBusy()"
        (click)="toggle()"
      >
        {{ isFollowing() ? 'Stop following' : 'Follow' }}
      </button>
    }
  `,
  styles: `
    ul {
      display: grid;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      gap: 10px;
      font: var(--mat-sys-body-medium);
      overflow-wrap: anywhere;
      --app-avatar-size: 26px;
    }

    p {
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    .app-button {
      margin-inline-start: -14px;
      min-block-size: 36px;
    }
  `,
})
export class FollowersSection {
  private readonly api = inject(TicketWorkApi);
  private readonly session = inject(Session);
  private readonly problems = inject(ProblemNotifier);
  protected readonly presence = inject(PresenceBook);

  readonly ticketId = input.required<number>();

  protected readonly list = this.api.followers(() => this.ticketId());
  protected readonly followers = computed(() => valueOr(this.list, []));
  protected readonly selfId = computed(() => this.session.user()?.id);
  protected readonly isFollowing = computed(() => this.followers().some(({ id }) => id === this.selfId()));
  protected readonly isBusy = signal(false);

  protected toggle(): void {
    this.isBusy.set(true);
    this.api
      .follow(this.ticketId(), !this.isFollowing())
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: () => this.list.reload(),
        error: (error: unknown) => this.problems.show(error, 'This was not changed'),
      });
  }
}
