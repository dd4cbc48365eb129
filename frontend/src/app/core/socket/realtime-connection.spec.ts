import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { io } from 'socket.io-client';

import { Session } from '../session/session';
import { RealtimeConnection } from './realtime-connection';

jest.mock('socket.io-client', () => ({ io: jest.fn() }));

type Listener = (...values: unknown[]) => void;

/** What the connection uses of a socket; tests let things happen through it. */
class FakeSocket {
  connected = false;
  active = true;
  answer: () => Promise<unknown> = () => Promise.resolve({ ok: true });
  readonly sent: unknown[][] = [];
  private readonly listeners = new Map<string, Listener>();
  private any: Listener = () => undefined;

  readonly connect = jest.fn();
  readonly disconnect = jest.fn(() => this);
  on(event: string, listener: Listener): void {
    this.listeners.set(event, listener);
  }
  onAny(listener: Listener): void {
    this.any = listener;
  }
  timeout(): { emitWithAck: (...sent: unknown[]) => Promise<unknown> } {
    return {
      emitWithAck: (...sent) => {
        this.sent.push(sent);
        return this.answer();
      },
    };
  }
  happens(event: string, ...values: unknown[]): void {
    this.connected = event === 'connect' || (this.connected && event !== 'disconnect');
    this.any(event, ...values);
    this.listeners.get(event)?.(...values);
  }
}

describe('RealtimeConnection', () => {
  const token = signal<string | null>(null);
  const user = signal<{ id: string } | null>(null);
  const refresh = jest.fn<Promise<string | null>, []>();
  let socket: FakeSocket;
  let connection: RealtimeConnection;

  const settle = async () => {
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(2_000);
  };

  beforeEach(async () => {
    jest.useFakeTimers();
    token.set(null);
    user.set(null);
    refresh.mockReset().mockResolvedValue('later');
    socket = new FakeSocket();
    jest
      .mocked(io)
      .mockReset()
      .mockReturnValue(socket as never);
    TestBed.configureTestingModule({
      providers: [{ provide: Session, useValue: { accessToken: token, refresh, user } }],
    });
    connection = TestBed.inject(RealtimeConnection);
    await settle();
  });

  afterEach(() => jest.useRealTimers());

  /** What the client library does before each connection. */
  const prove = (): void => {
    const options = jest.mocked(io).mock.calls.at(-1)?.[0] as unknown as { auth: (give: Listener) => void };
    options.auth(() => undefined);
  };

  const signIn = async () => {
    token.set('first');
    user.set({ id: 'cora' });
    await settle();
    prove();
  };

  it('opens nothing for strangers', () => {
    expect(io).not.toHaveBeenCalled();
    expect(connection.state()).toBe('idle');
  });

  it('connects after sign-in and proves it with the token of the moment', async () => {
    await signIn();
    expect(socket.connect).toHaveBeenCalled();
    const { auth } = jest.mocked(io).mock.calls[0]?.[0] as unknown as { auth: (give: Listener) => void };
    const given: unknown[] = [];
    token.set('second');
    auth((proof) => given.push(proof));
    expect(given).toEqual([{ token: 'second' }]);
  });

  it('says when it is online, each time', async () => {
    let connects = 0;
    connection.connected.subscribe(() => connects++);
    await signIn();
    socket.happens('connect');
    socket.happens('disconnect', 'transport close');
    socket.happens('connect');
    expect(connects).toBe(2);
    expect(connection.isOnline()).toBe(true);
  });

  it('stays quiet about short losses and speaks after three seconds', async () => {
    await signIn();
    socket.happens('connect');
    socket.happens('disconnect', 'transport close');
    jest.advanceTimersByTime(2_900);
    expect(connection.isLost()).toBe(false);
    jest.advanceTimersByTime(200);
    expect(connection.isLost()).toBe(true);
    socket.happens('connect');
    expect(connection.isLost()).toBe(false);
  });

  it('passes on what the server pushes', async () => {
    const heads: unknown[] = [];
    connection.on('ticket:head').subscribe((head) => heads.push(head));
    await signIn();
    socket.happens('ticket:head', { ticketId: 1001, seq: 4 });
    socket.happens('ticket:removed', { ticketId: 1002 });
    expect(heads).toEqual([{ ticketId: 1001, seq: 4 }]);
  });

  it('answers with the acknowledgement of the server', async () => {
    await signIn();
    socket.happens('connect');
    socket.answer = () => Promise.resolve({ ok: false, error: { code: 'forbidden', retryable: false } });
    const answer = await connection.emitWithAck('ticket:unsubscribe', { ticketId: 1 });
    expect(answer).toEqual({ ok: false, error: { code: 'forbidden', retryable: false } });
  });

  it('answers retryable errors without a connection and without an acknowledgement', async () => {
    const request = { ticketId: 1 };
    expect(await connection.emitWithAck('ticket:unsubscribe', request)).toMatchObject({
      ok: false,
      error: { code: 'disconnected', retryable: true },
    });
    await signIn();
    socket.happens('connect');
    socket.answer = () => Promise.reject(new Error('operation has timed out'));
    expect(await connection.emitWithAck('ticket:unsubscribe', request)).toMatchObject({
      ok: false,
      error: { code: 'timeout', retryable: true },
    });
  });

  it('hands every fresh token to the open socket', async () => {
    await signIn();
    socket.happens('connect');
    token.set('second');
    await settle();
    expect(socket.sent).toEqual([['auth:refresh', { token: 'second' }]]);
  });

  it('asks for a fresh token when the server ends the session or changes rights', async () => {
    await signIn();
    socket.happens('connect');
    socket.happens('session:ended', { reason: 'password-changed' });
    socket.happens('rights:changed', { role: 'agent' });
    jest.advanceTimersByTime(1_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('comes back with a fresh token after the server has refused it', async () => {
    await signIn();
    socket.active = false;
    socket.connect.mockClear();
    socket.happens('connect_error', new Error('unauthorized'));
    await jest.advanceTimersByTimeAsync(1_500);
    expect(refresh).toHaveBeenCalled();
    expect(socket.connect).toHaveBeenCalled();
  });

  it('serves nobody but the person it was opened for', async () => {
    await signIn();
    socket.happens('connect');
    const heard: unknown[] = [];
    connection.on('unread').subscribe((unread) => heard.push(unread));

    user.set({ id: 'ben' });
    token.set('of ben');
    socket.happens('unread', { tickets: 1, notifications: 0 });
    const answer = await connection.emitWithAck('ticket:unsubscribe', { ticketId: 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'disconnected' } });
    expect([heard, socket.sent]).toEqual([[], []]);

    await settle();
    expect(socket.disconnect).toHaveBeenCalled();
    expect(io).toHaveBeenCalledTimes(2);
  });

  it('leaves a server that is about to stop', async () => {
    await signIn();
    socket.happens('connect');
    socket.connect.mockClear();
    socket.happens('server:draining');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(socket.disconnect).toHaveBeenCalled();
    expect(socket.connect).toHaveBeenCalled();
  });

  it('tries at once when the network is back', async () => {
    await signIn();
    socket.happens('disconnect', 'transport close');
    socket.connect.mockClear();
    window.dispatchEvent(new Event('online'));
    expect(socket.connect).toHaveBeenCalledTimes(1);
  });

  it('leaves a connection that does not answer after a sleep, and keeps one that does', async () => {
    await signIn();
    socket.happens('connect');
    window.dispatchEvent(new Event('online'));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(socket.sent).toEqual([['auth:refresh', { token: 'first' }]]);
    expect(socket.disconnect).not.toHaveBeenCalled();

    socket.answer = () => Promise.reject(new Error('operation has timed out'));
    window.dispatchEvent(new Event('online'));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(socket.disconnect).toHaveBeenCalled();
  });

  it('closes with the sign-out', async () => {
    await signIn();
    socket.happens('connect');
    token.set(null);
    await settle();
    expect(socket.disconnect).toHaveBeenCalled();
    expect(connection.state()).toBe('idle');
  });
});
