import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import {
  EMPTY,
  catchError,
  concatMap,
  defer,
  from,
  Observable,
  of,
  retry,
  Subscription,
  throwError,
  timer,
} from 'rxjs';
import { uuidv7 } from 'uuidv7';

import { BulkAction, BulkResult, BulkUndo } from '../../../../core/api/models';
import { Notices } from '../../../../core/problems/notices';
import { BulkRequest, TicketWorkApi } from '../../../../domain/tickets/ticket-work-api';
import { Problem, toProblem } from '../../../../shared/problems/problem';

export const PART_SIZE = 50;
const TRIES = 5;
const FIRST_PAUSE_MS = 1_000;

export interface BulkProgress {
  readonly done: number;
  readonly total: number;
}

/** What became of the last change of many tickets. */
export interface BulkOutcome {
  readonly isUndo: boolean;
  readonly changed: number;
  /** Nothing was to be done about them. */
  readonly unchanged: number;
  readonly failed: readonly BulkResult[];
  /** Not reached, because it was stopped. */
  readonly left: number;
  /** What takes it back; empty after it was taken back. */
  readonly undo: readonly BulkUndo[];
}

interface Part {
  readonly ids: readonly number[];
  readonly request: BulkRequest;
  /** The same on every try, so that a lost answer changes nothing twice. */
  readonly key: string;
}

/**
 * Changes many tickets, part by part, and takes it back. A part that did not get through is sent again; after one that
 * fails for good the rest is left alone. Provided by the page of the list.
 */
@Injectable()
export class BulkRun {
  private readonly api = inject(TicketWorkApi);
  private readonly notices = inject(Notices);
  private readonly state = signal<BulkProgress | null>(null);
  private readonly last = signal<BulkOutcome | null>(null);
  private results: BulkResult[] = [];
  private running: Subscription | null = null;
  private readonly stopping = signal(false);

  /** Null while nothing runs. */
  readonly progress = this.state.asReadonly();
  readonly outcome = this.last.asReadonly();
  readonly isStopping = this.stopping.asReadonly();
  readonly canUndo = computed(() => (this.last()?.undo.length ?? 0) > 0 && this.state() === null);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  change(ids: readonly number[], action: BulkAction): void {
    const parts = inParts(ids).map((part) => ({ ids: part, request: { ids: part, action }, key: uuidv7() }));
    this.run(parts, ids.length, false);
  }

  undo(): void {
    const lines = this.last()?.undo ?? [];
    const parts = inParts(lines).map((undo) => ({
      ids: undo.map(({ ticketId }) => ticketId),
      request: { undo },
      key: uuidv7(),
    }));
    this.run(parts, lines.length, true);
  }

  /** The part that is on its way is still waited for; the rest is left alone. */
  stop(): void {
    this.stopping.set(true);
  }

  forget(): void {
    this.last.set(null);
  }

  private run(parts: readonly Part[], total: number, isUndo: boolean): void {
    if (this.running || total === 0) return;
    this.results = [];
    this.last.set(null);
    this.stopping.set(false);
    this.state.set({ done: 0, total });
    let fatal: Problem | null = null;
    this.running = from(parts)
      .pipe(
        concatMap((part) => {
          if (this.stopping()) return EMPTY;
          if (fatal) return of(refused(part, fatal));
          return this.send(part).pipe(
            catchError((error: unknown) => {
              fatal = toProblem(error);
              return of(refused(part, fatal));
            }),
          );
        }),
      )
      .subscribe({
        next: (results) => {
          this.results.push(...results);
          this.state.set({ done: this.results.length, total });
        },
        complete: () => this.finish(isUndo, total),
      });
  }

  private send({ request, key }: Part): Observable<BulkResult[]> {
    return defer(() => this.api.bulk(request, key)).pipe(
      retry({ count: TRIES - 1, delay: (error: unknown, count) => pauseBefore(toProblem(error), count) }),
    );
  }

  private finish(isUndo: boolean, total: number): void {
    this.running = null;
    this.state.set(null);
    const done = this.results.filter(({ ok }) => ok);
    const changed = done.filter(({ before }) => before !== undefined);
    this.last.set({
      isUndo,
      changed: changed.length,
      unchanged: done.length - changed.length,
      failed: this.results.filter(({ ok }) => !ok),
      left: total - this.results.length,
      undo: isUndo
        ? []
        : changed.flatMap(({ ticketId, version, before }) =>
            version && before ? [{ ticketId, version, before }] : [],
          ),
    });
  }

  private leave(): void {
    const progress = this.state();
    if (!progress) return;
    this.running?.unsubscribe();
    this.notices.error(`The change was stopped: ${progress.done} of ${progress.total} tickets were reached.`);
  }
}

/** What may go away by itself is tried again after a pause; everything else ends it. */
function pauseBefore(problem: Problem, count: number): Observable<unknown> {
  const mayPass = [0, 429, 503].includes(problem.status) || problem.code === 'in-progress';
  if (!mayPass) return throwError(() => problem);
  const seconds = problem.retryAfterSeconds;
  return timer(seconds === null ? FIRST_PAUSE_MS * 2 ** (count - 1) : seconds * 1_000);
}

function inParts<Item>(items: readonly Item[]): Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / PART_SIZE) }, (_unused, index) => index * PART_SIZE);
  return starts.map((start) => items.slice(start, start + PART_SIZE));
}

const refused = ({ ids }: Part, { code, detail }: Problem): BulkResult[] =>
  ids.map((ticketId) => ({ ticketId, ok: false, code, detail }));
