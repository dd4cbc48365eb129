import { computed, inject, Injectable, signal } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { catchError, map, Observable, of, switchMap, timer } from 'rxjs';

import { TicketSummary, User } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { valueOr } from '../../shared/resources/value-or';
import { t } from '../../shared/texts/text';
import { PeopleApi } from '../people/people-api';
import { STATUS_WORDS, CUSTOMER_STATUS_WORDS } from '../tickets/ticket-words';
import { TicketsApi } from '../tickets/tickets-api';
import { ViewsApi } from '../tickets/views-api';
import { fittingItems, PaletteGroup, PaletteItem } from './palette-items';

const TYPING_PAUSE_MS = 200;
const MOST_PEOPLE = 4;
const MOST_TICKETS = 6;
const FEWEST_LETTERS = 2;
const NUMBER = /^#?(\d{1,9})$/;

/** What the palette finds beside commands: people, views and tickets, of which customers have tickets alone. */
@Injectable()
export class PaletteFinds {
  private readonly session = inject(Session);
  private readonly ticketsApi = inject(TicketsApi);
  private readonly peopleApi = inject(PeopleApi);
  private readonly isStaff = this.session.isStaff();
  private readonly views = this.isStaff ? inject(ViewsApi).views() : null;
  private readonly agents = this.isStaff ? this.ticketsApi.agents() : null;

  /** What stands in the field. */
  readonly typed = signal('');
  private readonly words = computed(() => {
    const words = this.typed().trim();
    return words.length >= FEWEST_LETTERS ? words : undefined;
  });
  private readonly customers = rxResource({
    params: () => (this.isStaff && !NUMBER.test(this.words() ?? '') ? this.words() : undefined),
    stream: ({ params: q }) => afterPause(() => this.peopleApi.customers({ q, limit: MOST_PEOPLE })),
  });
  private readonly tickets = rxResource({
    params: () => this.words(),
    stream: ({ params: q }) =>
      afterPause(() => this.ticketsApi.page({ q, limit: MOST_TICKETS }).pipe(map(({ rows }) => rows))),
  });

  /** Something is still being looked for. */
  readonly isLooking = computed(() => this.customers.isLoading() || this.tickets.isLoading());
  readonly groups = computed((): PaletteGroup[] =>
    [
      { title: t('commands.palette.people'), items: [...this.foundAgents(), ...this.foundCustomers()] },
      { title: t('commands.palette.views'), items: this.foundViews() },
      { title: t('commands.palette.tickets'), items: this.foundTickets() },
    ].filter(({ items }) => items.length > 0),
  );

  private readonly foundCustomers = computed(() =>
    (this.words() === undefined ? [] : valueOr(this.customers, [])).map((person: User): PaletteItem => ({
      key: `person/${person.id}`,
      words: person.name,
      hint: person.email,
      icon: 'person',
      link: { path: ['/agent/tickets'], query: { view: 'all', requester: person.id } },
    })),
  );
  private readonly foundAgents = computed(() => {
    const agents = (this.agents ? valueOr(this.agents, []) : []).map((agent): PaletteItem => ({
      key: `agent/${agent.id}`,
      words: agent.name,
      hint: t('commands.palette.load', { presence: t(`commands.presence.${agent.presence}`), count: agent.load }),
      icon: 'people',
      link: { path: ['/agent/tickets'], query: { view: 'all', assignee: agent.id } },
    }));
    return fittingItems(this.typed(), agents).slice(0, MOST_PEOPLE);
  });
  private readonly foundViews = computed(() => {
    const views = (this.views ? valueOr(this.views, []) : []).map((view): PaletteItem => ({
      key: `view/${view.id}`,
      words: view.name,
      hint:
        view.owner.id === this.session.user()?.id ? undefined : t('commands.palette.viewBy', { name: view.owner.name }),
      icon: 'bookmark',
      link: { path: ['/agent/tickets'], query: { view: view.id } },
    }));
    return this.typed().trim() === '' ? views.slice(0, MOST_TICKETS) : fittingItems(this.typed(), views);
  });
  private readonly foundTickets = computed(() =>
    (this.words() === undefined ? [] : valueOr(this.tickets, [])).map((ticket) => this.ticketItem(ticket)),
  );

  private ticketItem({ id, subject, status, requester }: TicketSummary): PaletteItem {
    const state = (this.isStaff ? STATUS_WORDS : CUSTOMER_STATUS_WORDS)[status];
    return {
      key: `ticket/${id}`,
      words: `#${id} ${subject}`,
      hint: this.isStaff ? `${requester.name} · ${state}` : state,
      icon: 'ticket',
      link: { path: [this.isStaff ? '/agent/tickets' : '/portal/tickets', id] },
    };
  }
}

/** What can't be found now leaves the rest as useful as it is. */
const afterPause = <Found>(ask: () => Observable<Found[]>): Observable<Found[]> =>
  timer(TYPING_PAUSE_MS).pipe(
    switchMap(ask),
    catchError(() => of<Found[]>([])),
  );
