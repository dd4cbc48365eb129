import { Injectable } from '@angular/core';
import { Observable, Subject } from 'rxjs';

import { SignInAnswer } from '../api/models';

/**
 * What one tab tells the others. Only `refreshed` carries a token: the others of this browser go on with it instead of
 * asking for one each. It is nowhere kept on the way.
 */
export type SessionNews =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refreshed'; readonly answer: SignInAnswer };

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
