import { signal } from '@angular/core';
import { filter, map, Observable, Subject } from 'rxjs';

import type { ServerEvent, ServerPayload } from '../../../core/socket/realtime-connection';

/** The socket of a page, in the hand of a test. */
export class FakeConnection {
  private readonly incoming = new Subject<{ event: string; payload: unknown }>();
  readonly connected = new Subject<void>();
  readonly isLost = signal(false);
  readonly isOnline = signal(true);

  on<Event extends ServerEvent>(event: Event): Observable<ServerPayload<Event>> {
    return this.incoming.pipe(
      filter((message) => message.event === event),
      map(({ payload }) => payload as ServerPayload<Event>),
    );
  }

  push<Event extends ServerEvent>(event: Event, payload: ServerPayload<Event>): void {
    this.incoming.next({ event, payload });
  }
}
