import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterOutlet } from '@angular/router';

import { NoticesOutlet } from './core/problems/notices-outlet';
import { Session } from './core/session/session';
import { SignInAgain } from './core/session/sign-in-again';
import { ConnectionBar } from './core/socket/connection-bar';
import { LoadError } from './shared/states/load-error';

/** The root: the page, the notices above it, and what to do when the sign-in ends or the server does not answer. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ConnectionBar, LoadError, NoticesOutlet, RouterOutlet, SignInAgain],
  template: `
    @if (session.state() === 'unreachable') {
      <main class="unreachable">
        <app-load-error
          heading="Parley can not be reached"
          text="The server gave no answer. It may be restarting, or your connection is down."
          (retry)="retry()"
        />
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
    <app-notices-outlet />
  `,
  styles: `
    .unreachable {
      display: grid;
      place-items: center;
      min-block-size: 100dvh;
      padding: 24px;
    }
  `,
})
export class App {
  protected readonly session = inject(Session);
  private readonly router = inject(Router);

  constructor() {
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
