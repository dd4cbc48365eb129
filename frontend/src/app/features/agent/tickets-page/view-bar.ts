import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { AppIcon } from '../../../shared/icon/app-icon';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { ShownList } from './shown-list';
import { ViewActions } from './view-actions';

/** Which saved view is shown, and what can be done with it or with a filter that was changed. */
@Component({
  selector: 'app-view-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatMenu, MatMenuItem, MatMenuTrigger],
  providers: [ViewActions],
  templateUrl: './view-bar.html',
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px;
      margin-block: -4px;
      --app-icon-size: 18px;
    }

    .name {
      display: flex;
      flex: 1;
      align-items: center;
      gap: 8px;
      min-inline-size: 0;
      font: var(--mat-sys-body-medium);
      overflow-wrap: anywhere;
    }

    .changed,
    small {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    .count {
      padding: 0 7px;
      border-radius: 999px;
      background: var(--app-quiet-container);
      color: var(--app-on-quiet-container);
      font: var(--mat-sys-label-small);
      line-height: 18px;
    }
  `,
})
export class ViewBar {
  private readonly views = inject(SavedViews);
  protected readonly list = inject(ShownList);
  protected readonly counts = inject(LiveCounts);
  protected readonly actions = inject(ViewActions);

  protected readonly choice = this.list.choice;
  protected readonly mayChange = computed(() => {
    const { saved } = this.choice();
    return saved !== null && this.views.mayChange(saved);
  });
  protected readonly isOwn = computed(() => this.views.own().some(({ id }) => id === this.choice().saved?.id));
}
