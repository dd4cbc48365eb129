import { ChangeDetectionStrategy, Component, DestroyRef, DOCUMENT, inject, isDevMode } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, Observable, filter, fromEvent, interval, merge, throttleTime } from 'rxjs';

import { t } from '../../shared/texts/text';
import { Notices } from '../problems/notices';
import { isOwnRelease, registerShellWorker } from './shell-worker';

const LOOK_EVERY_MS = 60 * 60_000;
const LOOK_AT_MOST_EVERY_MS = 5 * 60_000;

/**
 * Keeps the client ready for a start without a network, and says when the server has a newer one. Nothing is exchanged
 * under the hands of whoever is at work: the files of this release stay until they reload or leave.
 */
@Component({
  selector: 'app-release-watch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class ReleaseWatch {
  private readonly document = inject(DOCUMENT);
  private readonly notices = inject(Notices);
  private readonly destroyRef = inject(DestroyRef);

  constructor() {
    // What a developer's server sends changes with every edit, and has no list of files.
    if (!isDevMode()) void this.start();
  }

  private async start(): Promise<void> {
    const registration = await registerShellWorker();
    if (!registration) return;
    if (registration.waiting) void this.meet(registration.waiting);
    fromEvent(registration, 'updatefound')
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe(() => this.await(registration.installing));
    this.occasions()
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe(() => void registration.update().catch(() => undefined)); // no network, no news
  }

  /** When it is worth asking whether there is something new. */
  private occasions(): Observable<unknown> {
    const view = this.document.defaultView;
    if (!view) return EMPTY;
    const returns = fromEvent(this.document, 'visibilitychange').pipe(
      filter(() => this.document.visibilityState === 'visible'),
    );
    return merge(returns, fromEvent(view, 'online'), interval(LOOK_EVERY_MS)).pipe(throttleTime(LOOK_AT_MOST_EVERY_MS));
  }

  private await(worker: ServiceWorker | null): void {
    if (!worker) return;
    fromEvent(worker, 'statechange')
      .pipe(
        filter(() => worker.state === 'installed' && navigator.serviceWorker.controller !== null),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe(() => void this.meet(worker));
  }

  private async meet(worker: ServiceWorker): Promise<void> {
    const script = this.document.querySelector<HTMLScriptElement>('script[type="module"]');
    if (!script || (await isOwnRelease(worker, new URL(script.src).pathname)) !== false) return;
    this.notices.lasting(t('common.release.there'), {
      label: t('common.release.reload'),
      run: () => this.document.defaultView?.location.reload(),
    });
  }
}
