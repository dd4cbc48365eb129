import { ApplicationRef, computed, effect, inject, Injectable, Injector, untracked } from '@angular/core';

import { Session } from '../../../core/session/session';

/** Starts the outbox after sign-in, on whatever page that leads to. Its code is fetched once that page stands. */
@Injectable({ providedIn: 'root' })
export class OutboxStarter {
  private readonly session = inject(Session);
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);

  constructor() {
    const isSignedIn = computed(() => this.session.user() !== null);
    effect(() => {
      if (isSignedIn()) untracked(() => void this.start());
    });
  }

  private async start(): Promise<void> {
    await this.application.whenStable();
    try {
      const { Outboxes } = await import('./outboxes');
      this.injector.get(Outboxes);
    } catch {
      // The code could not be fetched, so nothing could be sent either. The next sign-in or reload tries again.
    }
  }
}
