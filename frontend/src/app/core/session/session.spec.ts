import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';

import { aMe } from '../../../testing/builders';
import { Preferences, SignInAnswer } from '../api/models';
import { Session } from './session';
import { SessionChannel, SessionNews } from './session-channel';

/** Only the appearance matters here. */
const PREFERENCES = { theme: 'light' } as Preferences;

const answer = (change: Partial<SignInAnswer> = {}): SignInAnswer => ({
  accessToken: 'first',
  tokenType: 'Bearer',
  expiresIn: 900,
  user: aMe(),
  ...change,
});

describe('Session', () => {
  let session: Session;
  let http: HttpTestingController;
  let otherTabs: Subject<SessionNews>;
  let told: SessionNews[];

  beforeEach(() => {
    jest.useFakeTimers();
    localStorage.clear();
    window.history.replaceState(null, '', '/tickets');
    otherTabs = new Subject();
    told = [];
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: SessionChannel, useValue: { news: otherTabs, tell: (news: SessionNews) => told.push(news) } },
      ],
    });
    session = TestBed.inject(Session);
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    http.verify();
    jest.useRealTimers();
  });

  const refuse = (status: number, code: string) =>
    http.expectOne('/api/auth/refresh').flush({ code, title: code, status }, { status, statusText: code });

  it('finds out by one refresh who is signed in', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    expect(session.state()).toBe('signed-in');
    expect(session.user()?.name).toBe('Cora Brandt');
    expect(session.accessToken()).toBe('first');
  });

  it('asks nothing at the front door of a browser that was never signed in', async () => {
    window.history.replaceState(null, '', '/');
    await session.ready();
    http.expectNone('/api/auth/refresh');
    expect(session.state()).toBe('signed-out');
  });

  it('asks at the front door of a browser that was left signed in', async () => {
    localStorage.setItem('parley.signed-in', '1');
    window.history.replaceState(null, '', '/');
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    expect(session.state()).toBe('signed-in');
  });

  it('keeps the access token out of every storage', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'secret-token' }));
    await ready;
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret-token');
  });

  it('knows that nobody is signed in when the refresh is refused', async () => {
    const ready = session.ready();
    refuse(401, 'unauthenticated');
    await ready;
    expect(session.state()).toBe('signed-out');
  });

  it('does not take a broken server for a sign-out', async () => {
    const ready = session.ready();
    refuse(503, 'unavailable');
    await ready;
    expect(session.state()).toBe('unreachable');
  });

  it('shows nothing else while it asks a broken server again', async () => {
    const ready = session.ready();
    refuse(503, 'unavailable');
    await ready;
    const again = session.retry();
    expect(session.state()).toBe('unreachable');
    http.expectOne('/api/auth/refresh').flush(answer());
    await again;
    expect(session.state()).toBe('signed-in');
  });

  it('shares one refresh between all who ask at the same time', async () => {
    const both = Promise.all([session.refresh(), session.refresh()]);
    http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'shared' }));
    expect(await both).toEqual(['shared', 'shared']);
  });

  it('refreshes by itself a minute before the token ends', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer({ expiresIn: 900 }));
    await ready;
    jest.advanceTimersByTime(839_000);
    http.expectNone('/api/auth/refresh');
    jest.advanceTimersByTime(2_000);
    http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'second' }));
    await Promise.resolve();
    await Promise.resolve();
    expect(session.accessToken()).toBe('second');
  });

  it('keeps what it knows of the person through a refresh', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    const preferences = { ...PREFERENCES, theme: 'dark' as const };
    session.updateUser({ preferences });
    const refresh = session.refresh();
    http.expectOne('/api/auth/refresh').flush(answer());
    await refresh;
    expect(session.user()?.preferences).toEqual(preferences);
  });

  it('says why a sign-in was refused and stays signed out', async () => {
    const login = session.login('cora@example.com', 'wrong');
    http
      .expectOne('/api/auth/login')
      .flush({ code: 'invalid-credentials', title: 'No', status: 401 }, { status: 401, statusText: 'No' });
    await expect(login).rejects.toMatchObject({ code: 'invalid-credentials' });
    expect(session.user()).toBeNull();
  });

  it('tells the other tabs about a sign-in, without the token', async () => {
    const login = session.login('cora@example.com', 'password');
    http.expectOne('/api/auth/login').flush(answer());
    await login;
    expect(told).toEqual([{ kind: 'signed-in' }]);
  });

  describe('beside other tabs', () => {
    /** The locks of a browser, shared by its tabs: first come, first served. */
    const browserLocks = (): { request: (name: string, work: () => Promise<unknown>) => Promise<unknown> } => {
      let last: Promise<unknown> = Promise.resolve();
      const request = (_name: string, work: () => Promise<unknown>): Promise<unknown> => {
        const turn = last.then(work);
        last = turn.catch(() => undefined);
        return turn;
      };
      return { request };
    };

    /** Another tab of the browser holds the lock until it is let go. */
    const held = (): { letGo: () => void } => {
      let letGo: () => void = () => undefined;
      const free = new Promise<void>((resolve) => (letGo = resolve));
      void navigator.locks.request('parley-refresh', () => free);
      return { letGo };
    };

    /** A second tab: what either tells the other hears `delayMs` later. */
    const besideAnother = (delayMs: number): Session => {
      const heardThere = new Subject<SessionNews>();
      const channel: Partial<SessionChannel> = {
        news: heardThere,
        tell: (news) => void setTimeout(() => otherTabs.next(news), delayMs),
      };
      Object.assign(TestBed.inject(SessionChannel), {
        tell: (news: SessionNews) => void setTimeout(() => heardThere.next(news), delayMs),
      });
      const providers = [Session, { provide: SessionChannel, useValue: channel }];
      return createEnvironmentInjector(providers, TestBed.inject(EnvironmentInjector)).get(Session);
    };

    beforeEach(() => Object.defineProperty(navigator, 'locks', { value: browserLocks(), configurable: true }));
    afterEach(() => Reflect.deleteProperty(navigator, 'locks'));

    it('tells them what it was given, so that they need not ask', async () => {
      const ready = session.ready();
      await jest.advanceTimersByTimeAsync(0);
      http.expectOne('/api/auth/refresh').flush(answer());
      await ready;
      expect(told).toEqual([{ kind: 'refreshed', answer: answer() }]);
    });

    it('goes on at once with what another was given while it waited, even before its turn', async () => {
      held();
      const ready = session.ready();
      await jest.advanceTimersByTimeAsync(0);
      otherTabs.next({ kind: 'refreshed', answer: answer({ accessToken: 'of the other' }) });
      await ready;
      expect([session.state(), session.accessToken()]).toEqual(['signed-in', 'of the other']);
    });

    it('asks for itself when the other has nothing to tell', async () => {
      const { letGo } = held();
      const ready = session.ready();
      await jest.advanceTimersByTimeAsync(1_000);
      http.expectNone('/api/auth/refresh');
      letGo();
      await jest.advanceTimersByTimeAsync(0);
      http.expectOne('/api/auth/refresh').flush(answer());
      await ready;
      expect(session.accessToken()).toBe('first');
    });

    it('asks for nothing when it was refused before it heard of the new token', async () => {
      const other = besideAnother(100);
      const tokens = Promise.all([session.ready(), other.ready()]);
      await jest.advanceTimersByTimeAsync(0);
      http.expectOne('/api/auth/refresh').flush(answer());
      await jest.advanceTimersByTimeAsync(1_000);
      await tokens;

      const first = session.refresh();
      await jest.advanceTimersByTimeAsync(0);
      http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'second' }));
      expect(await first).toBe('second');
      const second = other.refresh();
      await jest.advanceTimersByTimeAsync(100);
      http.expectNone('/api/auth/refresh');
      expect(await second).toBe('second');
    });

    it('asks for itself when the other was told that there is nobody', async () => {
      const other = besideAnother(0);
      const ready = Promise.all([session.ready(), other.ready()]);
      for (let count = 0; count < 2; count += 1) {
        await jest.advanceTimersByTimeAsync(0);
        refuse(401, 'unauthenticated');
      }
      await ready;
      expect([session.state(), other.state()]).toEqual(['signed-out', 'signed-out']);
    });

    it('lets the others have their turn when the server is away', async () => {
      const other = besideAnother(0);
      const ready = Promise.all([session.ready(), other.ready()]);
      for (let count = 0; count < 2; count += 1) {
        await jest.advanceTimersByTimeAsync(0);
        refuse(503, 'unavailable');
      }
      await ready;
      expect([session.state(), other.state()]).toEqual(['unreachable', 'unreachable']);
    });

    it('takes no token that comes after a sign-out', () => {
      otherTabs.next({ kind: 'signed-out' });
      otherTabs.next({ kind: 'refreshed', answer: answer() });
      expect([session.state(), session.accessToken()]).toEqual(['signed-out', null]);
    });

    it('starts over when the other was given the token of somebody else', async () => {
      const left: string[] = [];
      Object.assign(session, { document: { location: { assign: (url: string) => left.push(url) } } });
      const ready = session.ready();
      await jest.advanceTimersByTimeAsync(0);
      http.expectOne('/api/auth/refresh').flush(answer());
      await ready;
      otherTabs.next({ kind: 'refreshed', answer: answer({ user: aMe({ id: 'ben', name: 'Ben' }) }) });
      expect([left, session.accessToken()]).toEqual([['/'], null]);
    });
  });

  it('signs out here even when the server can not be told', async () => {
    const login = session.login('cora@example.com', 'password');
    http.expectOne('/api/auth/login').flush(answer());
    await login;
    let ends = 0;
    session.ended.subscribe(() => (ends += 1));
    const logout = session.logout();
    http.expectOne('/api/auth/logout').error(new ProgressEvent('error'));
    await logout;
    expect(session.accessToken()).toBeNull();
    expect(ends).toBe(1);
  });

  it('asks for no new token while it signs out', async () => {
    const login = session.login('cora@example.com', 'password');
    http.expectOne('/api/auth/login').flush(answer());
    await login;
    const logout = session.logout();
    expect(await session.refresh()).toBeNull();
    http.expectNone('/api/auth/refresh');
    http.expectOne('/api/auth/logout').flush(null);
    await logout;
  });

  it('follows a sign-out in another tab', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    otherTabs.next({ kind: 'signed-out' });
    expect(session.state()).toBe('signed-out');
  });

  it('follows a sign-in in another tab', async () => {
    otherTabs.next({ kind: 'signed-in' });
    http.expectOne('/api/auth/refresh').flush(answer());
    await jest.advanceTimersByTimeAsync(0);
    expect(session.state()).toBe('signed-in');
  });

  it('asks who is signed in after somebody signed in elsewhere, also while it is signed in', async () => {
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    otherTabs.next({ kind: 'signed-in' });
    http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'second' }));
    await jest.advanceTimersByTimeAsync(0);
    expect(session.accessToken()).toBe('second');
  });

  it('starts over on a fresh page when somebody else signs in after a sign-out', async () => {
    const left: string[] = [];
    Object.assign(session, { document: { location: { assign: (url: string) => left.push(url) } } });
    const ready = session.ready();
    http.expectOne('/api/auth/refresh').flush(answer());
    await ready;
    otherTabs.next({ kind: 'signed-out' });
    const login = session.login('ben@example.com', 'password');
    http.expectOne('/api/auth/login').flush(answer({ user: aMe({ id: 'ben', name: 'Ben' }) }));
    await login;
    expect(left).toEqual(['/']);
    expect([session.user(), session.accessToken()]).toEqual([null, null]);
  });

  describe('on a page that the browser brings back as it was left', () => {
    const comeBack = (persisted: boolean) => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));

    beforeEach(async () => {
      const ready = session.ready();
      http.expectOne('/api/auth/refresh').flush(answer());
      await ready;
    });

    it('forgets a person who signed out meanwhile', () => {
      localStorage.removeItem('parley.signed-in');
      comeBack(true);
      expect([session.state(), session.user()]).toEqual(['signed-out', null]);
    });

    it('asks whether it is still signed in', async () => {
      comeBack(true);
      http.expectOne('/api/auth/refresh').flush(answer({ accessToken: 'second' }));
      await jest.advanceTimersByTimeAsync(0);
      expect(session.accessToken()).toBe('second');
    });

    it('asks nothing on a page that was loaded', () => {
      comeBack(false);
      http.expectNone('/api/auth/refresh');
      expect(session.state()).toBe('signed-in');
    });
  });

  describe('when it runs out', () => {
    let ends: number;
    let left: string[];

    beforeEach(async () => {
      ends = 0;
      left = [];
      session.ended.subscribe(() => (ends += 1));
      const ready = session.ready();
      http.expectOne('/api/auth/refresh').flush(answer());
      await ready;
      const refresh = session.refresh();
      refuse(401, 'unauthenticated');
      await refresh;
    });

    const signIn = async (user: SignInAnswer['user']): Promise<void> => {
      const login = session.login('cora@example.com', 'password');
      http.expectOne('/api/auth/login').flush(answer({ accessToken: 'second', user }));
      await login;
    };

    it('stays the page of the same person, without a token', () => {
      expect([session.state(), session.accessToken(), session.user()?.name, ends]).toEqual([
        'expired',
        null,
        'Cora Brandt',
        0,
      ]);
    });

    it('goes on when the same person signs in', async () => {
      await signIn(aMe());
      expect([session.state(), session.accessToken()]).toEqual(['signed-in', 'second']);
    });

    it('starts over on a fresh page when somebody else signs in', async () => {
      Object.assign(session, { document: { location: { assign: (url: string) => left.push(url) } } });
      await signIn(aMe({ id: 'ben', name: 'Ben' }));
      expect(left).toEqual(['/']);
      expect([session.accessToken(), session.user()?.name]).toEqual([null, 'Cora Brandt']);
    });

    it('can be left', () => {
      session.giveUp();
      expect([session.state(), session.user(), ends]).toEqual(['signed-out', null, 1]);
    });
  });
});
