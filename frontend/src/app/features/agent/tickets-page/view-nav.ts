import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { ShownList } from './shown-list';
import { BUILT_IN_VIEWS, VIEW_WORDS } from './ticket-view';

/** The lists everybody has, side by side with how many tickets stand in each; the saved ones behind a button. */
@Component({
  selector: 'app-view-nav',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  templateUrl: './view-nav.html',
  styleUrl: './view-nav.scss',
})
export class ViewNav {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly counts = inject(LiveCounts);
  protected readonly views = inject(SavedViews);
  protected readonly choice = inject(ShownList).choice;

  protected readonly builtIn = BUILT_IN_VIEWS.map((view) => ({ view, ...VIEW_WORDS[view] }));
  protected readonly groups = computed(() =>
    [
      { name: 'My views', views: this.views.own() },
      { name: 'Shared by others', views: this.views.ofOthers() },
    ].filter(({ views }) => views.length > 0),
  );

  constructor() {
    effect(() => {
      this.choice();
      setTimeout(() => this.element.querySelector('nav [aria-current]')?.scrollIntoView?.({ inline: 'nearest' }));
    });
  }
}
