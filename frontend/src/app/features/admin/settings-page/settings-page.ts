import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { finalize } from 'rxjs';

import { DemoData, DemoRemoved, Setting } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';
import { StaffDefaultsSection } from './staff-defaults';

interface SettingGroup {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** What the environment of the server sets, what new staff begin with, and the sample data with the button that removes it. */
@Component({
  selector: 'app-settings-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LoadError, MatButton, Skeleton, StaffDefaultsSection],
  templateUrl: './settings-page.html',
  styleUrls: ['../admin-page.scss', './settings-page.scss'],
})
export class SettingsPage {
  private readonly api = inject(AdminApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);

  protected readonly loaded = this.api.settings();
  private readonly demo = this.api.demoData();
  protected readonly isRemoving = signal(false);
  protected readonly words = signal('');

  /** Null where there is none. */
  protected readonly demoData = computed((): DemoData | null => {
    const demo = valueOr(this.demo, null);
    return demo && demo.people > 0 ? demo : null;
  });
  protected readonly groups = computed((): SettingGroup[] => {
    const wanted = this.words().trim().toLocaleLowerCase();
    const settings = valueOr(this.loaded, []).filter(({ name, group, meaning }) =>
      `${name}\n${group}\n${meaning}`.toLocaleLowerCase().includes(wanted),
    );
    const names = [...new Set(settings.map(({ group }) => group))];
    return names.map((name) => ({ name, settings: settings.filter(({ group }) => group === name) }));
  });

  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    pageKeys({ filter: () => this.searchField().nativeElement.focus() });
  }

  protected async removeDemo({ people, tickets }: DemoData): Promise<void> {
    const sure = await this.confirm.ask({
      title: 'Remove the sample data?',
      text: `${people} sample people and their ${tickets} tickets go for good. There is no way back.`,
      confirm: 'Remove',
      danger: true,
    });
    if (!sure) return;
    this.isRemoving.set(true);
    this.api
      .removeDemo()
      .pipe(finalize(() => this.isRemoving.set(false)))
      .subscribe({
        next: (removed) => this.told(removed),
        error: (error: unknown) => this.problems.show(error, 'The sample data was not removed'),
      });
  }

  private told({ kept }: DemoRemoved): void {
    this.demo.reload();
    const stayed = kept.length > 0 ? ` Switched off, because real tickets name them: ${kept.join(', ')}.` : '';
    this.notices.info(`The sample data was removed.${stayed}`);
  }
}
