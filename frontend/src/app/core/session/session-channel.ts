import { Injectable } from '@angular/core';
import { Observable, Subject } from 'rxjs';

/** What one tab tells the others: `signed-in` and `signed-out` never carry a token. */
export interface SessionNews {
  readonly kind: 'signed-in' | 'signed-out';
}

/** Passes news about the sign-in between the tabs of one browser, where it can. */
@Injectable({ providedIn: 'root' })
export class SessionChannel {
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('parley-session');
  private readonly received = new Subject<SessionNews>();

  /** News from other tabs, never one's own. */
  readonly news: Observable<SessionNews> = this.received.asObservable();

  constructor() {
    this.channel?.addEventListener('message', (message: MessageEvent<SessionNews>) => this.received.next(message.data));
  }

  tell(news: SessionNews): void {
    this.channel?.postMessage(news);
  }
}
