import { HttpClient } from '@angular/common/http';
import { ApplicationRef, Injectable, computed, effect, inject, untracked } from '@angular/core';

import { Me } from '../api/models';
import { Session } from './session';

/** Signing in tells who somebody is; how they like things is fetched once the page stands. */
@Injectable({ providedIn: 'root' })
export class OwnPreferences {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly application = inject(ApplicationRef);

  constructor() {
    const unknownUser = computed(() => {
      const user = this.session.user();
      return user && !user.preferences ? user.id : null;
    });
    effect(() => {
      const userId = unknownUser();
      if (userId !== null) untracked(() => void this.load(userId));
    });
  }

  private async load(userId: string): Promise<void> {
    await this.application.whenStable();
    this.http.get<Me>('/api/me').subscribe({
      next: (me) => {
        if (this.session.user()?.id === userId) this.session.updateUser(me);
      },
      // Everything works with the defaults; the next sign-in or reload asks again.
      error: () => undefined,
    });
  }
}
