import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { newId } from '../../../src/common';
import type {
  ClientToServerEvents,
  SendAnswer,
  ServerToClientEvents,
  SubscribeAnswer,
  WireMessageKind,
  WireTimelineEvent,
} from '../../../src/realtime';
import type { Api, Person } from '../../support/api-client';
import { until } from '../../support/until';

type ServerEvent = keyof ServerToClientEvents;
type ClientEvent = keyof ClientToServerEvents;
export type Heard<Event extends ServerEvent> = Parameters<ServerToClientEvents[Event]>[0];
type Request<Event extends ClientEvent> = Parameters<ClientToServerEvents[Event]>[0];
type AckOf<Event extends ClientEvent> = Parameters<Parameters<ClientToServerEvents[Event]>[1]>[0];
export type ConnectOptions = Partial<ManagerOptions & SocketOptions>;

const ACK_MS = 10_000;

/** The answer to something that was to succeed. */
export function granted<Answer extends { ok: boolean }>(answer: Answer): Extract<Answer, { ok: true }> {
  if (answer.ok) return answer as Extract<Answer, { ok: true }>;
  throw new Error(`Refused: ${JSON.stringify(answer)}`);
}

/** How every event is refused. */
export const refused = (code: string, retryable = false): object => ({
  ok: false,
  error: { code, retryable, ...(retryable && { retryAfterMs: expect.any(Number) as number }) },
});

/** One open page of a person: it remembers everything that it was told. */
export class Device {
  private readonly log: { event: string; payload: unknown }[] = [];
  /** Why the connection ended, once it has. */
  ended: string | undefined;

  constructor(readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>) {
    socket.onAny((event: string, payload: unknown) => this.log.push({ event, payload }));
    socket.on('disconnect', (reason) => (this.ended = reason));
  }

  heard<Event extends ServerEvent>(event: Event): Heard<Event>[] {
    return this.log.filter((entry) => entry.event === event).map(({ payload }) => payload as Heard<Event>);
  }

  /** Names of everything it was told. */
  get names(): string[] {
    return this.log.map(({ event }) => event);
  }

  get everything(): string {
    return JSON.stringify(this.log);
  }

  /** From here on only what comes now counts. */
  forget(): void {
    this.log.length = 0;
  }

  ask<Event extends ClientEvent>(event: Event, request: Request<Event>): Promise<AckOf<Event>> {
    return this.askAnything(event, request) as Promise<AckOf<Event>>;
  }

  /** Sends what no typed client would. */
  askAnything(event: string, ...payload: unknown[]): Promise<unknown> {
    const untyped = this.socket as unknown as Socket;
    return untyped.timeout(ACK_MS).emitWithAck(event, ...payload) as Promise<unknown>;
  }

  /** The first time it hears this, now or before. */
  hears<Event extends ServerEvent>(
    event: Event,
    matches: (payload: Heard<Event>) => boolean = () => true,
    withinMs?: number,
  ): Promise<NonNullable<Heard<Event>>> {
    return until(`"${event}"`, () => this.heard(event).find(matches), withinMs);
  }

  async follow(ticketId: number, after = 0, stream?: string): Promise<SubscribeAnswer> {
    return granted(await this.ask('ticket:subscribe', { ticketId, after, ...(stream && { stream }) }));
  }

  async say(ticketId: number, body: string, kind: WireMessageKind = 'chat'): Promise<SendAnswer> {
    return granted(await this.ask('message:send', { ticketId, clientMsgId: newId(), kind, body }));
  }

  /** The events it was pushed, of one ticket. */
  pushed(ticketId: number): WireTimelineEvent[] {
    return this.heard('ticket:event').filter((event) => event.ticketId === ticketId);
  }

  hearsSeq(ticketId: number, seq: number): Promise<WireTimelineEvent> {
    return this.hears('ticket:event', (event) => event.ticketId === ticketId && event.seq === seq);
  }

  /** Resolves to the reason once the server has closed the connection. */
  isClosed(withinMs?: number): Promise<string> {
    return until('the connection is closed', () => this.ended, withinMs);
  }
}

/** Connects people of one test file, and disconnects them after each test. */
export class Sockets {
  private readonly open: Socket[] = [];

  constructor(private readonly api: Api) {}

  /** An open page; over websocket unless the options say otherwise. */
  async connect(person: Person, options: ConnectOptions = {}): Promise<Device> {
    const device = new Device(this.make({ auth: { token: person.signIn.accessToken }, ...options }));
    await new Promise<void>((resolve, reject) => {
      device.socket.once('connect', resolve);
      device.socket.once('connect_error', reject);
      device.socket.connect();
    });
    return device;
  }

  /** What a handshake is refused with; fails when it is not. */
  async refusal(options: ConnectOptions, path = ''): Promise<Error & { data?: unknown; description?: unknown }> {
    const socket = this.make(options, path);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => reject(new Error('The handshake was not refused.')));
      socket.once('connect_error', resolve);
      socket.connect();
    });
  }

  closeAll(): void {
    for (const socket of this.open.splice(0)) socket.disconnect();
  }

  private make(options: ConnectOptions, path = ''): Socket<ServerToClientEvents, ClientToServerEvents> {
    const socket = io(`${this.api.url}${path}`, {
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      ...options,
    });
    this.open.push(socket);
    return socket;
  }
}

export function testSockets(api: Api): Sockets {
  const sockets = new Sockets(api);
  afterEach(() => sockets.closeAll());
  return sockets;
}
