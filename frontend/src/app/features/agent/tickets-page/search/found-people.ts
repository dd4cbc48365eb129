import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { catchError, of } from 'rxjs';

import { User } from '../../../../core/api/models';
import { PeopleApi } from '../../../../domain/people/people-api';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { valueOr } from '../../../../shared/resources/value-or';
import { ShownList } from '../shown-list';
import { numberIn } from './search-words';

const MOST = 3;
const OPERATOR_OR_QUOTES = /[a-z]:|"/i;

/** The customers whose name or address is searched for, above the tickets: each leads to all tickets of theirs. */
@Component({
  selector: 'app-found-people',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, RouterLink],
  template: `
    @if (people().length > 0) {
      <nav aria-label="Customers found">
        @for (person of people(); track person.id) {
          <a [routerLink]="[]" [queryParams]="{ view: 'all', requester: person.id }" [title]="person.email">
            <app-icon name="people" /> <span>{{ person.name }}</span> <small>{{ person.email }}</small>
          </a>
        }
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }

    a {
      display: flex;
      align-items: center;
      gap: 6px;
      max-inline-size: 100%;
      min-block-size: 28px;
      padding-inline: 8px 10px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 8px;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-medium);
      text-decoration: none;
      --app-icon-size: 16px;
    }

    a:hover {
      background: var(--mat-sys-secondary-container);
    }

    small {
      overflow: hidden;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-small);
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    @media (pointer: coarse) {
      a {
        min-block-size: 44px;
      }
    }
  `,
})
export class FoundPeople {
  private readonly peopleApi = inject(PeopleApi);
  private readonly shown = inject(ShownList);

  /** Operators and numbers are about tickets alone. */
  private readonly words = computed(() => {
    const q = this.shown.choice().filter.q ?? '';
    const isName = q.length > 1 && numberIn(q) === null && !OPERATOR_OR_QUOTES.test(q);
    return isName ? q : undefined;
  });
  /** The tickets are what is searched for: without the people the page is as useful. */
  private readonly found = rxResource({
    params: () => this.words(),
    stream: ({ params: q }) => this.peopleApi.customers({ q, limit: MOST }).pipe(catchError(() => of<User[]>([]))),
  });
  protected readonly people = computed(() => valueOr(this.found, []));
}
