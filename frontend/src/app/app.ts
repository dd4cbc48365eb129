import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterOutlet } from '@angular/router';
import { exhaustMap, fromEvent, interval, merge } from 'rxjs';

import { ReleaseWatch } from './core/offline/release-watch';
import { Notices } from './core/problems/notices';
import { NoticesOutlet } from './core/problems/notices-outlet';
import { Session } from './core/session/session';
import { SignInAgain } from './core/session/sign-in-again';
import { ConnectionBar } from './core/socket/connection-bar';
import { OfflineDesk } from './domain/conversations/offline/offline-desk';
import { LoadError } from './shared/states/load-error';
import { t } from './shared/texts/text';

/** A server that did not answer is asked again after about so long; not by all pages in the same instant. */
const ASK_AGAIN_MS = 2_000;

/** The root: the page, the notices above it, and what to do when the sign-in ends or the server does not answer. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ConnectionBar, LoadError, NoticesOutlet, OfflineDesk, ReleaseWatch, RouterOutlet, SignInAgain],
  template: `
    @if (isUnreachable()) {
      <main class="unreachable">
        <app-load-error
          [heading]="t('common.unreachable.heading')"
          [text]="t('common.unreachable.text')"
          (retry)="retry()"
        />
        @if (session.personId()) {
          @defer (on immediate) {
            <app-offline-desk />
          }
        }
      </main>
    } @else {
      <router-outlet />
    }
    @if (session.state() === 'expired') {
      @defer {
        <app-sign-in-again />
      }
    }
    <app-connection-bar />
    @defer (on timer(2s); when notices.shown().length > 0) {
      <app-notices-outlet />
      <app-release-watch />
    }
  `,
  styles: `
    .unreachable {
      display: grid;
      gap: 24px;
      place-content: center;
      justify-items: center;
      min-block-size: 100dvh;
      padding: 24px;
    }
  `,
})
export class App {
  protected readonly t = t;
  protected readonly session = inject(Session);
  /** They are drawn by code that the first page does not wait for, and that is there before the network can go. */
  protected readonly notices = inject(Notices);
  private readonly router = inject(Router);
  protected readonly isUnreachable = computed(() => this.session.state() === 'unreachable');

  constructor() {
    effect((onCleanup) => {
      if (!this.isUnreachable()) return;
      const hopes = merge(fromEvent(window, 'online'), interval(ASK_AGAIN_MS * (1 + Math.random())));
      const asking = hopes.pipe(exhaustMap(() => this.retry())).subscribe();
      onCleanup(() => asking.unsubscribe());
    });
    this.session.ended
      .pipe(takeUntilDestroyed(inject(DestroyRef)))
      .subscribe(() => void this.router.navigateByUrl('/login'));
  }

  protected async retry(): Promise<void> {
    await this.session.retry();
    if (this.session.state() !== 'unreachable')
      await this.router.navigateByUrl(this.router.url, { onSameUrlNavigation: 'reload' });
  }
}
