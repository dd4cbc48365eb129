import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
} from '@angular/core';
import { ActivatedRoute } from '@angular/router';

import { PreferencesChange, StaffDefaults } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { Desktop } from '../../../domain/notifications/announcing/desktop';
import { Sound } from '../../../domain/notifications/announcing/sound';
import { NoticeWishes } from '../../../domain/notifications/settings/notice-wishes';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { Skeleton } from '../../../shared/skeleton/skeleton';

/** What the person is told of, and how; with a way to try it. */
@Component({
  selector: 'app-notices-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, NoticeWishes, Skeleton],
  templateUrl: './notices-section.html',
  styleUrl: './section.scss',
})
export class NoticesSection {
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly desktop = inject(Desktop);
  private readonly sound = inject(Sound);
  private readonly injector = inject(Injector);
  private readonly fragment = inject(ActivatedRoute).snapshot.fragment;

  protected readonly isForStaff = this.session.isStaff;
  protected readonly permission = this.desktop.permission;
  /** Null until they are loaded. */
  protected readonly wishes = computed((): StaffDefaults | null => {
    const preferences = this.session.user()?.preferences;
    return preferences ?? null;
  });
  protected readonly timeZone = computed(() => this.session.user()?.preferences?.timeZone ?? 'UTC');
  protected readonly ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');
  protected readonly tried = signal('');

  constructor() {
    const asked = effect(() => {
      if (!this.wishes()) return;
      asked.destroy();
      afterNextRender(() => this.showWhatIsAskedFor(), { injector: this.injector });
    });
  }

  protected async turnOn(): Promise<void> {
    await this.desktop.turnOn();
  }

  protected async tryOut(): Promise<void> {
    const isShown = this.desktop.show({
      title: 'Parley',
      text: 'This is how you hear of news.',
      tag: 'try',
      open: () => undefined,
    });
    const isHeard = this.wishes()?.sound === true && (await this.sound.playNow());
    const ways = [...(isShown ? ['on the desktop'] : []), ...(isHeard ? ['by a sound'] : [])];
    this.tried.set(ways.length > 0 ? `Sent ${ways.join(' and ')}.` : 'Only the page tells you: the rest is off here.');
  }

  protected save(change: PreferencesChange): void {
    const beginsQuiet = change.notifications?.quietHours?.on === true;
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    // Hours are counted where the person is when they ask for them.
    const preferences = beginsQuiet ? { ...change, timeZone: this.ownTimeZone } : change;
    this.profile.update({ preferences }).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.isSaved.set(true);
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        this.trouble.set(toProblem(error).detail);
      },
    });
  }

  /** A notice leads to the line that decides about it. */
  private showWhatIsAskedFor(): void {
    const target = this.fragment?.startsWith('notif') ? document.getElementById(this.fragment) : null;
    target?.scrollIntoView();
    target?.querySelector('input')?.focus();
  }
}
