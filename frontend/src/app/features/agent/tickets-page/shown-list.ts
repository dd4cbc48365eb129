import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

import { SavedViews } from './saved-views';
import {
  changeOfAddress,
  choiceOf,
  isSavedViewId,
  ListAddress,
  noFilters,
  nothingButTheView,
  queryOf,
  wordsOf,
} from './ticket-view';

/** The list that the address of the page means. Provided, with SavedViews, by the page. */
@Injectable()
export class ShownList {
  private readonly router = inject(Router);
  private readonly views = inject(SavedViews);
  private readonly address = toSignal<ListAddress>(inject(ActivatedRoute).queryParams, { requireSync: true });

  private readonly viewId = computed(() => this.address().view);
  private readonly saved = computed(() => this.views.find(this.viewId()));
  readonly choice = computed(() => choiceOf(this.address(), this.saved()));
  readonly words = computed(() => wordsOf(this.choice()));
  /** The address names a saved view, and what is in it is not known yet. */
  readonly isWaiting = computed(() => isSavedViewId(this.viewId()) && !this.saved() && !this.views.isLoaded());
  /** It was deleted, or is no longer shared. */
  readonly isGone = computed(() => isSavedViewId(this.viewId()) && !this.saved() && this.views.isLoaded());
  /** As text, so that the list is asked for anew only when the question changed; null while there is none. */
  readonly question = computed(() =>
    this.isWaiting() || this.isGone() ? null : JSON.stringify(queryOf(this.choice())),
  );

  /** The ticket beside the list stays open in all of these. */
  show(view: string): Promise<boolean> {
    return this.router.navigate([], { queryParams: { view } });
  }

  /** Another filter or order in this view; an empty part is not filtered by. */
  change(change: ListAddress): void {
    this.navigate(changeOfAddress(this.choice(), change));
  }

  clearFilters(): void {
    this.navigate(noFilters(this.choice()));
  }

  /** Back to what the view is by itself. */
  reset(): void {
    this.navigate(nothingButTheView());
  }

  private navigate(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }
}
