import type { Locks } from '../../../frontend/src/app/domain/conversations/engine/locks';
import { TransportError } from '../../../frontend/src/app/domain/conversations/engine/transport';
import type { Browser } from './browser';
import { granted, request, type HttpAnswer } from './http';
import type { Life } from './life';
import type { Person } from './people';

const ASK_AGAIN_MS = 1_000;
const COOKIE = /^((?:__Secure-)?parley_refresh=[^;]*)/;

/**
 * The sign-in of one tab, as the page has it: an access token in memory, renewed with the browser's cookie, by one tab at
 * a time. When the server no longer knows the cookie, the person signs in again.
 */
export class Session {
  token: string | null = null;
  /** How often the person had to type the password. */
  signIns = 0;
  private refreshing: Promise<string | null> | null = null;
  private readonly locks: Locks;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly browser: Browser,
    readonly person: Person,
    private readonly life: Life,
  ) {
    this.locks = browser.locks.for(life);
  }

  onToken(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Signed in, sooner or later: asks until the server gives a verdict. */
  async start(): Promise<void> {
    while (this.token === null) {
      const known = this.browser.cookie !== '' && (await this.refresh().catch(() => undefined));
      if (known === undefined || (!known && !(await this.signIn()))) await this.pause();
    }
  }

  /** A new token, null when the sign-in is over; callers at the same time share one request. */
  refresh(): Promise<string | null> {
    this.refreshing ??= this.locks
      .request('parley-refresh', () => this.askForToken())
      .finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** A call of the API with the token of the moment, once more with a fresh one after a 401. */
  async call(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    const { token } = this;
    const first = await this.send(method, path, { token, body });
    if (first.status !== 401 || token === null) return first;
    const fresh = this.token !== token ? this.token : await this.refresh().catch(() => null);
    return fresh === null ? first : this.send(method, path, { token: fresh, body });
  }

  async signOut(): Promise<void> {
    this.token = null;
    await this.post('/api/auth/logout').catch(() => undefined);
    this.browser.cookie = '';
  }

  private async signIn(): Promise<boolean> {
    const { email, password } = this.person;
    try {
      this.accept(await this.post('/api/auth/login', { email, password }));
      this.signIns += 1;
      return true;
    } catch {
      return false;
    }
  }

  private async askForToken(): Promise<string | null> {
    try {
      this.accept(await this.post('/api/auth/refresh'));
      return this.token;
    } catch (error) {
      const { code } = error as TransportError;
      if (code !== 'unauthenticated' && code !== 'forbidden') throw error;
      this.token = null;
      this.browser.cookie = '';
      return null;
    }
  }

  private accept(answer: HttpAnswer): void {
    this.token = granted(answer).accessToken;
    const cookie = answer.headers.getSetCookie().map((line) => COOKIE.exec(line)?.[1]);
    this.browser.cookie = cookie.find((value) => value !== undefined) ?? this.browser.cookie;
    for (const listener of this.listeners) listener();
  }

  private async post(path: string, body?: unknown): Promise<HttpAnswer> {
    const answer = await this.send('POST', path, { cookie: this.browser.cookie, body });
    granted(answer);
    return answer;
  }

  private send(method: string, path: string, options: object): Promise<HttpAnswer> {
    const { link } = this.browser;
    return this.life.of(request(`${link.origin}${path}`, { method, signal: this.life.signal, ...options }));
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => this.life.timers.after(ASK_AGAIN_MS, resolve));
  }
}
