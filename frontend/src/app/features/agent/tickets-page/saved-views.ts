import { computed, DestroyRef, inject, Injectable, linkedSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Observable, tap } from 'rxjs';
import { uuidv7 } from 'uuidv7';

import { SavedView } from '../../../core/api/models';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { Session } from '../../../core/session/session';
import { NewView, ViewsApi } from '../../../domain/tickets/views-api';

/** The saved views this person sees. Provided by the page that lists tickets. */
@Injectable()
export class SavedViews {
  private readonly api = inject(ViewsApi);
  private readonly session = inject(Session);
  private readonly resource = this.api.views();
  private readonly known = linkedSignal<SavedView[] | null, SavedView[] | null>({
    source: () => (this.resource.hasValue() ? this.resource.value() : null),
    computation: (views, previous) => views ?? previous?.value ?? null,
  });

  readonly isLoaded = computed(() => this.known() !== null || this.resource.error() !== undefined);
  readonly own = computed(() => this.all().filter(({ owner }) => owner.id === this.selfId()));
  readonly ofOthers = computed(() => this.all().filter(({ owner }) => owner.id !== this.selfId()));
  readonly isEmpty = computed(() => this.all().length === 0);

  private readonly all = computed(() => this.known() ?? []);
  private readonly selfId = computed(() => this.session.user()?.id);

  constructor() {
    const { connected } = inject(RealtimeConnection);
    connected.pipe(takeUntilDestroyed(inject(DestroyRef))).subscribe(() => this.reload());
  }

  find(viewId: string | undefined): SavedView | null {
    return this.all().find(({ id }) => id === viewId) ?? null;
  }

  /** A shared one belongs to whoever saved it; admins look after all. */
  mayChange(view: SavedView): boolean {
    return view.owner.id === this.selfId() || this.session.role() === 'admin';
  }

  reload(): void {
    this.resource.reload();
  }

  create(view: NewView): Observable<SavedView> {
    return this.api.create(view, uuidv7()).pipe(tap((saved) => this.take(saved)));
  }

  update(viewId: string, change: Partial<NewView>): Observable<SavedView> {
    return this.api.update(viewId, change).pipe(tap((saved) => this.take(saved)));
  }

  remove(viewId: string): Observable<void> {
    return this.api
      .remove(viewId)
      .pipe(tap(() => this.known.update((views) => views?.filter(({ id }) => id !== viewId) ?? null)));
  }

  private take(saved: SavedView): void {
    this.known.update((views) =>
      [...(views ?? []).filter(({ id }) => id !== saved.id), saved].toSorted((one, other) =>
        one.name.localeCompare(other.name),
      ),
    );
  }
}
