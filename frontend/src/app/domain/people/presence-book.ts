import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { PresenceState, UserRef } from '../../core/api/models';
import { RealtimeConnection } from '../../core/socket/realtime-connection';

/** Who is online, as heard live; until something was heard, what the last answer said. */
@Injectable({ providedIn: 'root' })
export class PresenceBook {
  private readonly heard = signal<ReadonlyMap<string, PresenceState>>(new Map());

  constructor() {
    const connection = inject(RealtimeConnection);
    connection
      .on('presence')
      .pipe(takeUntilDestroyed())
      .subscribe(({ userId, state }) => this.heard.update((known) => new Map(known).set(userId, state)));
    connection.connected.pipe(takeUntilDestroyed()).subscribe(() => this.heard.set(new Map()));
  }

  /** Reads a signal: use it in templates and computeds. */
  stateOf(user: Pick<UserRef, 'id' | 'online'>): PresenceState {
    return this.heard().get(user.id) ?? (user.online ? 'online' : 'offline');
  }
}
