import { HttpBackend, HttpClient } from '@angular/common/http';
import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Observable, Subject, filter, firstValueFrom, fromEvent } from 'rxjs';

import { Problem, toProblem } from '../../shared/problems/problem';
import { Me, Role, SignInAnswer } from '../api/models';
import { PageLanguage } from '../language/page-language';
import { BrowserStorage } from './browser-storage';
import { SessionChannel, SessionNews } from './session-channel';

export type SessionState =
  /** Not yet known: the first refresh is under way. */
  | 'starting'
  | 'signed-in'
  | 'signed-out'
  /** The sign-in ran out while the person was at work: who it was is still known, and the page stays as it is. */
  | 'expired'
  /** The server gave no answer to the first refresh, so nobody knows. */
  | 'unreachable';

/** Holds the id of the person. */
const SIGNED_IN_HINT = 'parley.signed-in';
const STORAGE_PROBE = 'parley.probe';
const REFRESH_BEFORE_END_MS = 60_000;
const SHORTEST_REFRESH_MS = 5_000;
const REFRESH_LOCK = 'parley-refresh';
/** News of a new token reach every tab of the browser within this time, as a rule within a few milliseconds. */
const NEWS_WITHIN_MS = 500;

/**
 * Who is signed in. The access token lives in the memory of this page alone; the refresh token in a cookie that scripts
 * can not read. A reload, and every tab, gets its own access token through one refresh at a time per browser.
 */
@Injectable({ providedIn: 'root' })
export class Session {
  /** Past the interceptor, which would wait for this very session. */
  private readonly http = new HttpClient(inject(HttpBackend));
  private readonly storage = inject(BrowserStorage);
  private readonly channel = inject(SessionChannel);
  private readonly language = inject(PageLanguage);
  private readonly document = inject(DOCUMENT);

  private readonly currentState = signal<SessionState>('starting');
  private readonly currentUser = signal<Me | null>(null);
  private readonly currentToken = signal<string | null>(null);
  private readonly ends = new Subject<void>();
  private refreshing: Promise<string | null> | null = null;
  private starting: Promise<void> | null = null;
  private isLeaving = false;
  /** Of this page, also after they left. */
  private lastPersonId: string | null = null;
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;

  readonly state = this.currentState.asReadonly();
  /** The signed-in person, null while there is none. */
  readonly user = this.currentUser.asReadonly();
  readonly role = computed<Role | null>(() => this.currentUser()?.role ?? null);
  readonly isStaff = computed(() => this.role() === 'agent' || this.role() === 'admin');
  /** Changes with every refresh; the socket hands each new one on. */
  readonly accessToken = this.currentToken.asReadonly();
  /** The person has left, in whatever tab. A sign-in that ran out ends nothing yet: see the state `expired`. */
  readonly ended: Observable<void> = this.ends.asObservable();

  constructor() {
    this.channel.news.subscribe((news) => this.hear(news));
    fromEvent<PageTransitionEvent>(window, 'pageshow')
      .pipe(
        filter(({ persisted }) => persisted),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.comeBack());
  }

  /** Resolves once it is known whether somebody is signed in; asks the server on the first call. */
  ready(): Promise<void> {
    this.starting ??= this.start();
    return this.starting;
  }

  /** Whose work this browser shows: of who is signed in, or, while the server can't be asked, of who was left so. */
  readonly personId = computed(
    () => this.currentUser()?.id ?? (this.currentState() === 'unreachable' ? this.storage.read(SIGNED_IN_HINT) : null),
  );

  /** Whether this browser may have been left signed in; one that may not remember anything always may. */
  get isRemembered(): boolean {
    return this.storage.read(SIGNED_IN_HINT) !== null || !this.storage.write(STORAGE_PROBE, '');
  }

  /** Asks again after the server could not be reached; until it answers, everything stays as it is. */
  retry(): Promise<void> {
    this.starting = this.start();
    return this.starting;
  }

  /** Rejects with a Problem. */
  async login(email: string, password: string): Promise<Me> {
    const answer = await this.post<SignInAnswer>('/api/auth/login', { email, password });
    this.accept(answer);
    this.channel.tell({ kind: 'signed-in' });
    return answer.user;
  }

  /** Makes an account and signs in with it. Rejects with a Problem. */
  async register(name: string, email: string, password: string): Promise<Me> {
    await this.post('/api/auth/register', { name, email, password, language: this.language.current() });
    return this.login(email, password);
  }

  /** Signs out here and in the other tabs, even when the server can not be told. */
  async logout(): Promise<void> {
    await this.leave(() => this.post('/api/auth/logout', null).catch(() => null));
  }

  /** Signs out on every device. Rejects with a Problem when the server could not be told. */
  async logoutEverywhere(): Promise<void> {
    await this.leave(() => this.post('/api/auth/logout-all', null));
  }

  /**
   * A new access token, or null when the sign-in is over. Callers at the same time share one request, tabs take turns.
   * Rejects with a Problem when the server gave no verdict.
   */
  refresh(): Promise<string | null> {
    if (this.isLeaving) return Promise.resolve(null);
    this.refreshing ??= this.tokenInTurn(this.currentToken()).finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** The server no longer accepts the sign-in. Whoever was at work here may sign in again over the page. */
  expire(): void {
    if (this.currentState() !== 'signed-in') return this.forget();
    clearTimeout(this.refreshTimer);
    this.storage.remove(SIGNED_IN_HINT);
    this.currentToken.set(null);
    this.currentState.set('expired');
  }

  /** Leaves the page of a sign-in that ran out, to sign in as somebody else. */
  giveUp(): void {
    this.forget();
  }

  /** Takes over what the server now says about the signed-in person. */
  updateUser(change: Partial<Me>): void {
    this.currentUser.update((user) => (user ? { ...user, ...change } : user));
    if (change.language) this.language.follow(change.language);
  }

  /** While it runs nothing asks for a new token: the server ends the socket before it has answered. */
  private async leave(tellServer: () => Promise<unknown>): Promise<void> {
    this.isLeaving = true;
    try {
      await tellServer();
      this.forget();
      this.channel.tell({ kind: 'signed-out' });
    } finally {
      this.isLeaving = false;
    }
  }

  private hear(news: SessionNews): void {
    if (news.kind === 'signed-out') this.forget();
    else if (news.kind === 'signed-in') void this.refresh().catch(() => null);
    else if (this.refreshing !== null || this.currentState() === 'signed-in') this.accept(news.answer);
    // A page that was left takes no token: it may be older than the sign-out.
  }

  /** The browser brought the page back as it was left, and heard nothing of the other tabs meanwhile. */
  private comeBack(): void {
    if (this.isRemembered) void this.refresh().catch(() => null);
    else this.forget();
  }

  private async start(): Promise<void> {
    if (this.isFirstVisit()) return this.forget();
    try {
      await this.refresh();
    } catch {
      this.currentState.set('unreachable');
    }
  }

  /** The front door, in a browser that was never signed in: there is nothing to ask the server for. */
  private isFirstVisit(): boolean {
    return window.location.pathname === '/' && !this.isRemembered;
  }

  private async askForToken(): Promise<string | null> {
    try {
      const answer = await this.post<SignInAnswer>('/api/auth/refresh', null);
      this.accept(answer);
      this.channel.tell({ kind: 'refreshed', answer });
      return this.currentToken();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status !== 401 && problem.status !== 403) throw problem;
      this.expire();
      return null;
    }
  }

  private accept(answer: SignInAnswer): void {
    if (this.lastPersonId !== null && this.lastPersonId !== answer.user.id) return this.startOver(answer.user.id);
    this.lastPersonId = answer.user.id;
    this.storage.write(SIGNED_IN_HINT, answer.user.id);
    this.currentToken.set(answer.accessToken);
    this.currentUser.update((known) => (known?.id === answer.user.id ? { ...known, ...answer.user } : answer.user));
    this.currentState.set('signed-in');
    this.language.follow(answer.user.language);
    this.starting ??= Promise.resolve();
    this.refreshLater(answer.expiresIn * 1000);
  }

  private forget(): void {
    clearTimeout(this.refreshTimer);
    const wasSignedIn = this.currentUser() !== null;
    this.storage.remove(SIGNED_IN_HINT);
    this.currentToken.set(null);
    this.currentUser.set(null);
    this.currentState.set('signed-out');
    if (wasSignedIn) this.ends.next();
  }

  /** Nothing of one person may stay on the page of another: it is loaded anew, at the new person's home. */
  private startOver(personId: string): void {
    clearTimeout(this.refreshTimer);
    this.storage.write(SIGNED_IN_HINT, personId);
    this.currentToken.set(null);
    this.document.location.assign('/');
  }

  private refreshLater(lifetimeMs: number): void {
    clearTimeout(this.refreshTimer);
    const wait = Math.max(lifetimeMs - REFRESH_BEFORE_END_MS, SHORTEST_REFRESH_MS);
    this.refreshTimer = setTimeout(() => {
      this.refresh().catch(() => this.refreshLater(REFRESH_BEFORE_END_MS + SHORTEST_REFRESH_MS * 3));
    }, wait);
  }

  /**
   * One tab asks at a time; the others go on with what it was given, as soon as they hear of it. It keeps its turn until
   * they have: else one that was refused meanwhile would ask once more, for the same.
   */
  private tokenInTurn(used: string | null): Promise<string | null> {
    const locks = (navigator as Partial<Navigator>).locks;
    if (!locks) return this.askForToken();
    return new Promise((resolve, reject) => {
      const isRenewed = (): boolean => this.currentToken() !== used;
      const news = this.channel.news.subscribe(() => isRenewed() && resolve(this.currentToken()));
      const turn = async (): Promise<void> => {
        news.unsubscribe();
        if (isRenewed()) return resolve(this.currentToken());
        await this.askForToken().then(resolve, reject);
        if (isRenewed()) await new Promise((heard) => setTimeout(heard, NEWS_WITHIN_MS));
      };
      locks.request(REFRESH_LOCK, turn).catch(reject);
    });
  }

  private async post<Answer>(url: string, body: unknown): Promise<Answer> {
    try {
      return await firstValueFrom(this.http.post<Answer>(url, body));
    } catch (error) {
      const problem: Problem = toProblem(error);
      throw problem;
    }
  }
}
