import { computed, inject, Injectable, OnDestroy } from '@angular/core';

import { Preferences } from '../../core/api/models';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { Session } from '../../core/session/session';
import { ProfileApi } from '../../domain/account/profile-api';
import { t } from '../../shared/texts/text';

type Arrangement = Preferences['workspace'];

export const NARROWEST_DETAILS = 240;
export const WIDEST_DETAILS = 640;
const DEFAULT: Pick<Arrangement, 'details' | 'detailsWidth' | 'folded'> = {
  details: true,
  detailsWidth: 300,
  folded: [],
};
/** A panel that is dragged changes many times; the server learns of the last. */
const KEPT_AFTER_MS = 800;

/** How the person has arranged the desk: it shows at once, and follows them to their other devices. */
@Injectable({ providedIn: 'root' })
export class DeskArrangement implements OnDestroy {
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly problems = inject(ProblemNotifier);
  private waiting: Partial<Arrangement> = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly kept = computed(() => ({ ...DEFAULT, ...this.session.user()?.preferences?.workspace }));
  /** Whether the details stand beside the ticket, where there is room for them. */
  readonly hasDetails = computed(() => this.kept().details);
  readonly detailsWidth = computed(() => this.kept().detailsWidth);

  ngOnDestroy(): void {
    clearTimeout(this.timer);
  }

  isFolded(section: string): boolean {
    return this.kept().folded.includes(section);
  }

  fold(section: string, isFolded: boolean): void {
    if (isFolded === this.isFolded(section)) return;
    const others = this.kept().folded.filter((other) => other !== section);
    this.change({ folded: isFolded ? [...others, section] : others });
  }

  /** Whether this hint is wanted; not before it is known. */
  wantsHint(hint: string): boolean {
    const workspace = this.session.user()?.preferences?.workspace;
    return workspace !== undefined && !workspace.putAway.includes(hint);
  }

  putAway(hint: string): void {
    const { putAway = [] } = this.session.user()?.preferences?.workspace ?? {};
    this.change({ putAway: [...putAway.filter((other) => other !== hint), hint] });
  }

  showDetails(details: boolean): void {
    this.change({ details });
  }

  widen(width: number): void {
    this.change({ detailsWidth: Math.round(Math.min(Math.max(width, NARROWEST_DETAILS), WIDEST_DETAILS)) });
  }

  private change(change: Partial<Arrangement>): void {
    const preferences = this.session.user()?.preferences;
    // Not yet known: what is chosen before would be taken back by what is stored.
    if (!preferences) return;
    this.session.updateUser({ preferences: { ...preferences, workspace: { ...preferences.workspace, ...change } } });
    this.waiting = { ...this.waiting, ...change };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEPT_AFTER_MS);
  }

  private keep(): void {
    const workspace = this.waiting;
    this.waiting = {};
    this.profile.update({ preferences: { workspace } }).subscribe({
      error: (error: unknown) => this.problems.show(error, t('commands.desk.notKept')),
    });
  }
}
