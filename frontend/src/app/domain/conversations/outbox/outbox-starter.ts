import { ApplicationRef, computed, effect, inject, Injectable, Injector, untracked } from '@angular/core';

import { Session } from '../../../core/session/session';

/** Starts the outbox once it is known whose it is, on whatever page that leads to. Its code is fetched once that page stands. */
@Injectable({ providedIn: 'root' })
export class OutboxStarter {
  private readonly session = inject(Session);
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);

  constructor() {
    const hasPerson = computed(() => this.session.personId() !== null);
    effect(() => {
      if (hasPerson()) untracked(() => void this.start());
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
