import { inject, Injectable, Injector, signal } from '@angular/core';
import { finalize, Observable } from 'rxjs';

import { SavedView } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { NewView } from '../../../domain/tickets/views-api';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { ShownList } from './shown-list';
import { savedSortOf, wholeFilterOf } from './ticket-view';
import type { ViewForm } from './view-dialog';

/** Saving, renaming, sharing and deleting of the view that is shown. */
@Injectable()
export class ViewActions {
  private readonly views = inject(SavedViews);
  private readonly list = inject(ShownList);
  private readonly counts = inject(LiveCounts);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly injector = inject(Injector);
  private readonly busy = signal(false);

  readonly isBusy = this.busy.asReadonly();

  /** What is shown now becomes what the saved view means. */
  save(): void {
    const choice = this.list.choice();
    const { saved, filter } = choice;
    if (!saved) return;
    this.attempt(this.views.update(saved.id, { filter, sort: savedSortOf(choice) }), 'The view was not saved', () => {
      this.list.reset();
      this.counts.reload();
      this.notices.info(`“${saved.name}” was saved.`);
    });
  }

  async saveAs(): Promise<void> {
    const choice = this.list.choice();
    await this.ask({
      title: 'Save this list as a view',
      confirm: 'Save',
      name: '',
      shared: false,
      submit: ({ name, shared }) =>
        this.views.create({ name, shared, filter: wholeFilterOf(choice), sort: savedSortOf(choice) }),
      done: (view) => void this.list.show(view.id),
    });
  }

  async rename(): Promise<void> {
    const { saved } = this.list.choice();
    if (!saved) return;
    await this.ask({
      title: 'Rename the view',
      confirm: 'Rename',
      name: saved.name,
      submit: ({ name }) => this.views.update(saved.id, { name }),
    });
  }

  toggleShared(): void {
    const { saved } = this.list.choice();
    if (!saved) return;
    const shared = !saved.shared;
    this.attempt(this.views.update(saved.id, { shared }), 'The view was not changed', () =>
      this.notices.info(shared ? `Everybody here sees “${saved.name}” now.` : `“${saved.name}” is yours alone again.`),
    );
  }

  async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(location.href);
    this.notices.info(
      this.list.choice().saved?.shared
        ? 'Link copied.'
        : 'Link copied. The view itself opens for you alone until you share it.',
    );
  }

  remove(): void {
    const { saved } = this.list.choice();
    if (!saved) return;
    this.attempt(this.views.remove(saved.id), 'The view was not deleted', () => {
      void this.list.show('queue');
      this.notices.info(`The view “${saved.name}” was deleted.`, { label: 'Undo', run: () => this.bringBack(saved) });
    });
  }

  private bringBack({ name, filter, sort, shared }: NewView): void {
    this.attempt(
      this.views.create({ name, filter, sort, shared }),
      'The view was not brought back',
      (view) => void this.list.show(view.id),
    );
  }

  /** The dialog's code is fetched with the first one. */
  private async ask(form: ViewForm): Promise<void> {
    const [{ MatDialog }, { ViewDialog }] = await Promise.all([
      import('@angular/material/dialog'),
      import('./view-dialog'),
    ]);
    this.injector.get(MatDialog).open(ViewDialog, { data: form, width: '420px' });
  }

  private attempt<Answer = SavedView>(
    write: Observable<Answer>,
    failure: string,
    done: (answer: Answer) => void,
  ): void {
    if (this.busy()) return;
    this.busy.set(true);
    write.pipe(finalize(() => this.busy.set(false))).subscribe({
      next: done,
      error: (error: unknown) => this.problems.show(error, failure),
    });
  }
}
