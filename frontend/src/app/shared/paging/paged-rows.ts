import { HttpClient } from '@angular/common/http';
import { computed, DestroyRef, inject, signal } from '@angular/core';
import { Subscription } from 'rxjs';

import { nextCursorOf } from './link-header';
import { Problem, toProblem } from '../problems/problem';

const PAGE_SIZE = 50;
/** What the server gives at once. */
const MOST_ROWS = 100;

/** The rows of one list route, page after page. Make it in a field initialiser. */
export class PagedRows<Row> {
  private readonly http = inject(HttpClient);
  private readonly loaded = signal<readonly Row[] | null>(null);
  private readonly cursor = signal<string | null>(null);
  private readonly failure = signal<Problem | null>(null);
  private readonly busy = signal(false);
  private query: Readonly<Record<string, string>> = {};
  private fetching: Subscription | null = null;

  /** Null before the first answer. */
  readonly rows = this.loaded.asReadonly();
  readonly error = this.failure.asReadonly();
  readonly isBusy = this.busy.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);

  constructor(private readonly url: string) {
    inject(DestroyRef).onDestroy(() => this.fetching?.unsubscribe());
  }

  /** Shows another list; what is on screen stays until its first page is there. */
  show(query: Readonly<Record<string, string>>): void {
    this.query = query;
    this.fetch(null, (rows) => this.loaded.set(rows));
  }

  reload(): void {
    this.show(this.query);
  }

  /** The rows on screen as they are now, as far as one page can hold them; the rest is behind "Show more" again. */
  refresh(): void {
    const limit = Math.min(MOST_ROWS, Math.max(PAGE_SIZE, this.loaded()?.length ?? 0));
    this.fetch(null, (rows) => this.loaded.set(rows), limit);
  }

  more(): void {
    this.fetch(this.cursor(), (rows) => this.loaded.update((known) => [...(known ?? []), ...rows]));
  }

  replace(row: Row, isSame: (other: Row) => boolean): void {
    this.loaded.update((rows) => rows?.map((other) => (isSame(other) ? row : other)) ?? null);
  }

  remove(isGone: (row: Row) => boolean): void {
    this.loaded.update((rows) => rows?.filter((row) => !isGone(row)) ?? null);
  }

  prepend(row: Row): void {
    this.loaded.update((rows) => [row, ...(rows ?? [])]);
  }

  private fetch(cursor: string | null, accept: (rows: Row[]) => void, limit = PAGE_SIZE): void {
    this.fetching?.unsubscribe();
    this.busy.set(true);
    this.failure.set(null);
    const params = { ...this.query, limit: String(limit), ...(cursor === null ? {} : { cursor }) };
    this.fetching = this.http.get<Row[]>(this.url, { params, observe: 'response' }).subscribe({
      next: (answer) => {
        this.busy.set(false);
        this.cursor.set(nextCursorOf(answer.headers.get('Link')));
        accept(answer.body ?? []);
      },
      error: (error: unknown) => {
        this.busy.set(false);
        this.failure.set(toProblem(error));
      },
    });
  }
}
