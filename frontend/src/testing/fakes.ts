import { Provider, computed, signal } from '@angular/core';
import { Observable, Subject, filter, map } from 'rxjs';

import { Me } from '../app/core/api/models';
import { Session } from '../app/core/session/session';
import { RealtimeConnection, ServerEvent, ServerPayload } from '../app/core/socket/realtime-connection';

/** Stands in for the socket: tests push server events through it. */
export class FakeConnection {
  private readonly pushed = new Subject<{ event: ServerEvent; payload: unknown }>();
  readonly connects = new Subject<void>();
  readonly connected = this.connects.asObservable();
  readonly isLost = signal(false);
  readonly isOnline = signal(true);

  on<Event extends ServerEvent>(event: Event): Observable<ServerPayload<Event>> {
    return this.pushed.pipe(
      filter((message) => message.event === event),
      map(({ payload }) => payload as ServerPayload<Event>),
    );
  }

  push<Event extends ServerEvent>(event: Event, payload: ServerPayload<Event>): void {
    this.pushed.next({ event, payload });
  }

  provide(): Provider {
    return { provide: RealtimeConnection, useValue: this };
  }
}

/** Stands in for the session, with this person signed in. */
export function signedInAs(me: Me): Provider {
  const user = signal<Me | null>(me);
  return {
    provide: Session,
    useValue: {
      user,
      role: computed(() => user()?.role ?? null),
      isStaff: computed(() => user()?.role !== 'customer'),
      state: signal('signed-in'),
      accessToken: signal('token'),
      updateUser: (change: Partial<Me>) => user.update((known) => (known ? { ...known, ...change } : known)),
    } satisfies Partial<Record<keyof Session, unknown>>,
  };
}
