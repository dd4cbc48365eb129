import { once } from 'node:events';
import { connect } from 'node:net';
import { Logger } from '@nestjs/common';
import { testSockets, type Device } from '../sockets/support/device';
import { dense } from '../sockets/support/merged';
import { aMessage, testApi, type Person } from '../support/api-client';
import { PollingPage } from './support/polling-page';

interface RawTransport {
  ws: { send(frame: string | Uint8Array): void };
}

describe('malformed frames', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  let errors: jest.SpyInstance;
  beforeAll(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
  });
  beforeEach(() => (errors = jest.spyOn(Logger.prototype, 'error')));
  afterEach(() => errors.mockRestore());

  /** Sends bytes as they are, below Socket.IO. */
  const raw = (device: Device, frame: string | Uint8Array): void =>
    (device.socket.io.engine.transport as unknown as RawTransport).ws.send(frame);

  const expectUnharmed = async (): Promise<void> => {
    const other = await sockets.connect(ana);
    const { head } = await other.follow(ticketId);
    await expect(other.say(ticketId, 'Still here')).resolves.toMatchObject({ seq: head + 1 });
    expect(errors).not.toHaveBeenCalled();
  };

  it.each([
    ['no type at all', ''],
    ['a type that does not exist', '9'],
    ['a second opening', '0{"sid":"mine"}'],
    ['a packet that is no JSON', '42["message:send",{'],
    ['an event without a name', '42[]'],
    ['an event that is no array', '42{"a":1}'],
    ['an event that is named by an object', '42[{}]'],
    ['an event named like one of the socket itself', '42["disconnect"]'],
    ['an answer that nobody waits for', '4399999999999999999999[{}]'],
    ['an answer without a number', '43[]'],
    ['a disconnect with a load', '41{"a":1}'],
    ['a connect once more', '40{"token":"x"}'],
    ['a connect to another namespace', '40/admin,{"token":"x"}'],
    ['an event to a namespace it is not in', '42/admin,["message:send",{}]'],
    ['a namespace like a prototype', '40__proto__,'],
    ['a namespace without end', `40/${'x'.repeat(30_000)}`],
    ['binary data that never comes', '451-["message:send",{"_placeholder":true,"num":0}]'],
    ['text in place of binary data', '452-["message:send",{"_placeholder":true,"num":0}]'],
    ['more binary parts than there are', '4599999999-["message:send",{"_placeholder":true,"num":7}]'],
    ['a placeholder of nothing', '42["message:send",{"_placeholder":true,"num":-1}]'],
    ['an error of the client', '44{"message":"x"}'],
    ['letters from nowhere', '\ud83d\u0000\u001e\u001e4'],
    ['bytes', new Uint8Array([0, 255, 1, 254])],
    ['deep nesting', `42["message:send",${'['.repeat(15_000)}${']'.repeat(15_000)}]`],
    ['a prototype in the payload', '42["ticket:sync",{"__proto__":{"ticketId":1},"constructor":{"prototype":{}}}]'],
    ['an event named error', '42["error",{"message":"forged"}]'],
  ])('(%s) harm nobody', async (_what, frame) => {
    const device = await sockets.connect(cora);
    raw(device, frame);
    raw(device, '42["typing",null]');
    await expectUnharmed();
  });

  it('over polling harm nobody either', async () => {
    const page = await PollingPage.open(api.url, cora);
    for (const body of ['', '\x1e\x1e\x1e', '42["x"', 'b!!!!', '9', '4'.repeat(1_000)]) await page.post(body);
    await expectUnharmed();
  });

  it('in their thousands are answered once each', async () => {
    const device = await sockets.connect(cora);
    const answers: unknown[] = [];
    const untyped = device.socket as unknown as {
      emit(event: string, payload: unknown, done: (answer: unknown) => void): void;
    };
    for (const n of dense(1, 1_000))
      untyped.emit(n % 2 ? 'nonsense' : 'ticket:sync', {}, (answer) => answers.push(answer));
    await device.askAnything('ticket:unsubscribe', { ticketId });
    expect(answers).toHaveLength(1_000);
    await expectUnharmed();
  });

  it.each([
    ['garbage', '\u0000\u0001garbage\r\n\r\n'],
    ['an upgrade that goes no further', upgrade('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1')],
    [
      'an upgrade to a connection that does not exist',
      upgrade('GET /socket.io/?EIO=4&transport=websocket&sid=x HTTP/1.1'),
    ],
    ['an upgrade elsewhere', upgrade('GET /api/tickets HTTP/1.1')],
    ['an upgrade of another version', upgrade('GET /socket.io/?EIO=3&transport=websocket HTTP/1.1')],
    ['a frame that is not masked', `${upgrade('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1')}\u0081\u0005hello`],
  ])('on a bare connection (%s) harm nobody', async (_what, bytes) => {
    const { hostname, port } = new URL(api.url);
    const connection = connect(Number(port), hostname).on('error', () => undefined);
    await once(connection, 'connect');
    connection.write(bytes, 'latin1');
    await expectUnharmed();
    connection.destroy();
  });

  it('of connections that never say who they are are ended in time', async () => {
    const answer = await fetch(`${api.url}/socket.io/?EIO=4&transport=polling`);
    const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
    const address = `${api.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const end = Date.now() + 12_000;
    let status = 200;
    while (status === 200 && Date.now() < end) status = (await fetch(address)).status;
    expect(status).toBe(400);
  });

  it('of a person who may have ten connections leave room for the eleventh after one has ended', async () => {
    const carl = await api.given.customer();
    const devices = await Promise.all(dense(1, 10).map(() => sockets.connect(carl)));
    const refusal = await sockets.refusal({ auth: { token: carl.signIn.accessToken } });
    expect(refusal.data).toEqual({ code: 'rate_limited' });
    raw(devices[0], '42["');
    await devices[0].isClosed();
    await sockets.connect(carl);
  });
});

describe('a person who sends without end', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '1' } });
  const sockets = testSockets(api);

  it('is told to wait, what was accepted is in order, and others are served as before', async () => {
    const [cora, carl, ana] = await Promise.all([api.given.customer(), api.given.customer(), api.given.agent()]);
    const [hers, his] = await Promise.all(
      [cora, carl].map(async (by) => (await api.given.ticket({ by })).id as number),
    );
    const [flood, calm, agent] = await Promise.all([cora, carl, ana].map((person) => sockets.connect(person)));
    await agent.follow(hers);
    const sent = dense(1, 600).map((n) => aMessage({ ticketId: hers, body: `${n}` }));
    const flooding = Promise.all(sent.map((message) => flood.askAnything('message:send', message)));
    const latencies: number[] = [];
    for (const n of dense(1, 20)) {
      const start = Date.now();
      await calm.say(his, `calm ${n}`);
      latencies.push(Date.now() - start);
    }
    const answers = (await flooding) as { ok: boolean; seq: number; error: { code: string; retryAfterMs: number } }[];
    const accepted = answers.filter(({ ok }) => ok);
    expect(accepted).toHaveLength(60);
    expect(accepted.map(({ seq }) => seq)).toEqual(dense(2, 61));
    for (const { error } of answers.filter(({ ok }) => !ok)) {
      expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
      expect(error.retryAfterMs).toBeGreaterThan(0);
    }
    expect(latencies.toSorted((a, b) => a - b)[18]).toBeLessThan(1_000);
    await agent.hearsSeq(hers, 61);
    const bodies = agent.pushed(hers).map(({ data }) => ('message' in data ? data.message.body : ''));
    expect(bodies).toEqual(sent.slice(0, 60).map(({ body }) => body));
  });

  it('of any event is told to wait, and unknown events count', async () => {
    const device = await sockets.connect(await api.given.customer());
    const answers = await Promise.all(dense(1, 320).map(() => device.askAnything('nonsense', {})));
    const codes = answers.map((answer) => (answer as { error: { code: string } }).error.code);
    expect(codes).toEqual([...dense(1, 300).map(() => 'validation'), ...dense(1, 20).map(() => 'rate_limited')]);
  });
});

function upgrade(line: string): string {
  return [
    line,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
}
