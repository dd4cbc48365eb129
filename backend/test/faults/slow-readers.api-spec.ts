import type { Socket as NetSocket } from 'node:net';
import { SocketHub, ticketRoom, userRoom } from '../../src/realtime';
import { testSockets, type Device } from '../sockets/support/device';
import { dense, Merged } from '../sockets/support/merged';
import { testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { PollingPage } from './support/polling-page';

/** The system itself buffers some megabytes for a connection, which must be filled first. */
const LARGE = 'x'.repeat(200_000);
const PONG = '3';

/** A page that receives nothing any more, but keeps saying that it lives. */
class Stalled {
  private readonly timer: NodeJS.Timeout;
  private readonly connection: NetSocket;

  constructor(private readonly device: Device) {
    const { ws } = device.socket.io.engine.transport as unknown as {
      ws: { _socket: NetSocket; send(frame: string): void };
    };
    this.connection = ws._socket.pause();
    this.timer = setInterval(() => ws.send(PONG), 1_000);
  }

  end(): void {
    clearInterval(this.timer);
    this.connection.destroy();
    this.device.socket.disconnect();
  }
}

describe('a reader that stops reading', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  beforeEach(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
  });

  const held = (person: Person): number => api.part(SocketHub).socketsHere(userRoom(person.id)).length;

  it('is disconnected when too much waits, holds nobody up, and catches up when it comes back', async () => {
    const [page, reader, writer] = await Promise.all([cora, ana, ana].map((person) => sockets.connect(person)));
    const { stream } = await page.follow(ticketId);
    await reader.follow(ticketId);
    const stalled = new Stalled(page);
    const fill = (): void =>
      api.part(SocketHub).emit(ticketRoom(ticketId, 'public'), 'session:ended', { reason: LARGE });
    for (const n of dense(1, 20)) await writer.say(ticketId, `message ${n}`);
    await until('the server gives the reader up', () => {
      fill();
      return held(cora) === 0;
    });
    const { seq: head } = await writer.say(ticketId, 'last');
    stalled.end();
    await reader.hearsSeq(ticketId, head);
    expect(reader.pushed(ticketId).map(({ seq }) => seq)).toEqual(dense(2, head));
    const back = await sockets.connect(cora);
    const merged = await Merged.follow(back, ticketId, 1);
    expect(merged.seqs).toEqual(dense(2, head));
    expect(await back.follow(ticketId, head, stream)).not.toHaveProperty('reset');
  });

  it('among twenty is no burden for the one who reads', async () => {
    const people = await Promise.all(dense(1, 4).map(() => api.given.agent()));
    const pages = await Promise.all(people.flatMap((person) => dense(1, 5).map(() => sockets.connect(person))));
    const reader = await sockets.connect(cora);
    await Promise.all([...pages, reader].map((device) => device.follow(ticketId)));
    const stalled = pages.map((page) => new Stalled(page));
    const hub = api.part(SocketHub);
    const rooms = [ticketRoom(ticketId, 'staff'), ticketRoom(ticketId, 'public')];
    let sent = 0;
    await until(
      'all of them are given up',
      () => {
        hub.emit(rooms, 'session:ended', { reason: LARGE });
        sent += 1;
        return people.every((person) => held(person) === 0);
      },
      15_000,
    );
    await until('the reader heard all', () => reader.heard('session:ended').length === sent);
    for (const page of stalled) page.end();
  });

  it('over polling is disconnected with five hundred packets waiting', async () => {
    const page = await PollingPage.open(api.url, cora);
    expect(await page.ask('ticket:subscribe', { ticketId, after: 0 })).toMatchObject({ ok: true });
    expect(held(cora)).toBe(1);
    const hub = api.part(SocketHub);
    for (const seq of dense(1, 501)) hub.emit(ticketRoom(ticketId, 'public'), 'ticket:head', { ticketId, seq });
    await until('the server gives the reader up', () => held(cora) === 0, 3_000);
  });

  it('for a moment is not disconnected', async () => {
    const page = await PollingPage.open(api.url, cora);
    expect(await page.ask('ticket:subscribe', { ticketId, after: 0 })).toMatchObject({ ok: true });
    const hub = api.part(SocketHub);
    for (const seq of dense(1, 490)) hub.emit(ticketRoom(ticketId, 'public'), 'ticket:head', { ticketId, seq });
    const heads = await page.poll();
    expect(heads.filter((packet) => packet.includes('ticket:head'))).toHaveLength(490);
    expect(held(cora)).toBe(1);
  });
});

describe('a long timeline of long messages', () => {
  const api = testApi();
  const sockets = testSockets(api);

  it('comes in answers that do not fill the buffer of a connection', async () => {
    const [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    const { id } = await api.given.ticket({ by: cora });
    const writer = await sockets.connect(ana);
    await Promise.all(dense(1, 60).map(() => writer.say(id, '\u6f22'.repeat(10_000))));
    const reader = await sockets.connect(cora);
    const first = await reader.follow(id);
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(1_048_576);
    expect(first).toMatchObject({ hasMore: true, head: 61 });
    expect((await Merged.follow(reader, id)).seqs).toEqual(dense(1, 61));
  });
});
