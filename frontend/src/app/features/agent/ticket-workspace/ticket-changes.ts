import { computed, inject, Injectable, signal } from '@angular/core';
import { catchError, finalize, forkJoin, Observable, of } from 'rxjs';

import { Agent, CategoryRef, Ticket, TicketPriority, TicketStatus, UserRef } from '../../../core/api/models';
import { Commands } from '../../../core/commands/commands';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { Conflicts } from '../../../domain/tickets/conflicts';
import { LiveTicket } from '../../../domain/tickets/live-ticket';
import { TicketWorkApi } from '../../../domain/tickets/ticket-work-api';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { toProblem } from '../../../shared/problems/problem';
import { authorOf, ChangedField, FIELD_WORDS, hasChanged, mergedTags, wordsOf } from './changed-fields';

const MOST_TRIES = 4;
const EVENTS_LOOKED_THROUGH = 50;

/** One change of the open ticket: what shows at once, and what asks the server for it. */
interface Change {
  readonly field: ChangedField;
  readonly shown: Partial<Ticket>;
  /** With the version of the ticket that the person saw. */
  readonly request: (ticket: Ticket) => Observable<Ticket>;
  readonly failure: string;
  /** Somebody else changed the same field: `tell` leaves theirs and names them, `ask` lets the person pick. */
  readonly onConflict: 'tell' | 'ask' | 'merge';
  /** Once the server has it. */
  readonly done?: () => void;
}

/**
 * Every change of the open ticket. It shows at once; when the server refuses it, the ticket returns to what it was and a
 * notice says why. What somebody else changed meanwhile is never overwritten unasked. Provided, with the LiveTicket it
 * works on, by the component that shows the ticket.
 */
@Injectable()
export class TicketChanges {
  private readonly api = inject(TicketsApi);
  private readonly work = inject(TicketWorkApi);
  private readonly live = inject(LiveTicket);
  private readonly session = inject(Session);
  private readonly conflicts = inject(Conflicts);
  private readonly commands = inject(Commands);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly running = signal(0);

  readonly isBusy = computed(() => this.running() > 0);

  setStatus(status: TicketStatus): void {
    const ticketId = this.live.ticket()?.id;
    this.change({
      done: () => {
        if (status === 'resolved' && this.live.ticket()?.id === ticketId) this.goOn();
      },
      field: 'status',
      shown: { status },
      request: ({ id, version }) => this.api.setStatus(id, status, version),
      failure: 'The status was not changed',
      onConflict: 'tell',
    });
  }

  setPriority(priority: TicketPriority): void {
    this.change({
      field: 'priority',
      shown: { priority },
      request: ({ id, version }) => this.api.setPriority(id, priority, version),
      failure: 'The priority was not changed',
      onConflict: 'tell',
    });
  }

  claim(): void {
    const user = this.session.user();
    if (!user) return;
    const assignee: UserRef = { id: user.id, name: user.name, role: user.role, online: true };
    const status = this.live.ticket()?.status === 'open' ? 'in_progress' : this.live.ticket()?.status;
    this.change({
      field: 'assignee',
      shown: { assignee, status },
      request: ({ id }) => this.api.claim(id),
      failure: 'The ticket was not claimed',
      onConflict: 'tell',
    });
  }

  assign({ id: agentId, name, role, online }: Agent): void {
    this.change({
      field: 'assignee',
      shown: { assignee: { id: agentId, name, role, online } },
      request: ({ id, version }) => this.api.assign(id, agentId, version),
      failure: 'The ticket was not assigned',
      onConflict: 'tell',
    });
  }

  release(): void {
    this.change({
      field: 'assignee',
      shown: { assignee: null },
      request: ({ id, version }) => this.api.release(id, version),
      failure: 'The ticket was not released',
      onConflict: 'tell',
    });
  }

  /** @param seen the ticket as it was when the person began to edit */
  setSubject(subject: string, seen: Ticket): void {
    const change: Change = {
      field: 'subject',
      shown: { subject },
      request: ({ id, version }) => this.api.update(id, { subject }, version),
      failure: 'The subject was not changed',
      onConflict: 'ask',
    };
    this.change(change, seen);
  }

  setCategory(category: CategoryRef | null): void {
    this.change({
      field: 'category',
      shown: { category },
      request: ({ id, version }) => this.api.update(id, { categoryId: category?.id ?? null }, version),
      failure: 'The category was not changed',
      onConflict: 'ask',
    });
  }

  setTags(tags: readonly string[], seen = this.live.ticket()): void {
    const change: Change = {
      field: 'tags',
      shown: { tags: [...tags] },
      request: ({ id, version }) => this.api.update(id, { tags }, version),
      failure: 'The tags were not changed',
      onConflict: 'merge',
    };
    this.change(change, seen);
  }

  /** It is no field with a version: the customer's next word decides anew. */
  setNeedsReply(needsReply: boolean): void {
    this.change({
      field: 'needsReply',
      shown: { needsReply },
      request: ({ id }) => this.work.setNeedsReply(id, needsReply),
      failure: 'The ticket was not marked',
      onConflict: 'tell',
    });
  }

  /** After a ticket is resolved: where the person wants to be. */
  private goOn(): void {
    if (this.session.user()?.preferences?.workspace.afterResolve === 'next') this.commands.run('ticket.next');
  }

  private change(change: Change, seen = this.live.ticket(), tries = 1): void {
    if (!seen) return;
    this.update((ticket) => ({ ...ticket, ...change.shown }));
    this.running.update((count) => count + 1);
    change
      .request(seen)
      .pipe(finalize(() => this.running.update((count) => count - 1)))
      .subscribe({
        next: (stored) => {
          this.update((ticket) => (stored.version < ticket.version ? ticket : { ...ticket, ...stored }));
          change.done?.();
        },
        error: (error: unknown) => {
          const isStale = toProblem(error).code === 'stale' && tries < MOST_TRIES;
          if (isStale) this.compare(change, seen, tries);
          else this.refused(seen, change, error);
        },
      });
  }

  /** The ticket is not as the person saw it: it matters only when the very field is another. */
  private compare(change: Change, seen: Ticket, tries: number): void {
    const newest = this.work.latestEvents(seen.id, EVENTS_LOOKED_THROUGH).pipe(catchError(() => of([])));
    forkJoin([this.api.get(seen.id), newest]).subscribe({
      next: ([now, events]) => {
        if (this.live.ticket()?.id !== seen.id) return;
        this.live.apply(now);
        if (!hasChanged(change.field, now, { ...now, ...change.shown })) return;
        if (!hasChanged(change.field, seen, now)) return this.change(change, now, tries + 1);
        this.settle(change, seen, now, authorOf(change.field, events));
      },
      error: (error: unknown) => this.refused(seen, change, error),
    });
  }

  private settle(change: Change, seen: Ticket, now: Ticket, by: UserRef | null): void {
    switch (change.onConflict) {
      case 'merge':
        return this.setTags(mergedTags(seen.tags ?? [], change.shown.tags ?? [], now.tags ?? []), now);
      case 'tell': {
        const what = `${FIELD_WORDS[change.field].toLowerCase()} to ${wordsOf(change.field, now)}`;
        return this.notices.error(`${by?.name ?? 'Somebody else'} changed the ${what} just before you.`, null, {
          label: `Make it ${wordsOf(change.field, { ...now, ...change.shown })}`,
          run: () => this.change(change),
        });
      }
      case 'ask':
        return void this.ask(change, now, by);
    }
  }

  private async ask(change: Change, now: Ticket, by: UserRef | null): Promise<void> {
    const { field, shown } = change;
    const mine = wordsOf(field, { ...now, ...shown });
    const picks = await this.conflicts.ask({
      by: by?.name ?? null,
      fields: [{ name: field, words: FIELD_WORDS[field], theirs: wordsOf(field, now), mine }],
    });
    if (picks?.[field] === 'mine' && this.live.ticket()?.id === now.id) this.change(change, now);
  }

  /** Takes back what was shown too early, field by field: others may have changed meanwhile. */
  private refused(before: Ticket, { shown, failure }: Change, error: unknown): void {
    const winner = toProblem(error).extras['assignee'] as UserRef | undefined;
    this.update((ticket) =>
      ticket.id === before.id ? { ...ticket, ...pick(before, shown), ...(winner && { assignee: winner }) } : ticket,
    );
    if (winner) this.notices.error(`${winner.name} claimed this ticket just before you.`);
    else this.problems.show(error, failure);
    this.live.reload();
  }

  private update(change: (ticket: Ticket) => Ticket): void {
    const current = this.live.ticket();
    if (current) this.live.apply(change(current));
  }
}

function pick(ticket: Ticket, fields: Partial<Ticket>): Partial<Ticket> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, ticket[name as keyof Ticket]]));
}
