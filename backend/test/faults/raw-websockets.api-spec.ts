import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { testSockets } from '../sockets/support/device';
import { dense } from '../sockets/support/merged';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { answersIn, RawConnection } from '../support/raw-connection';

const OPENING = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];

const opening = (...changes: [from: RegExp, to: string][]): string =>
  `${changes.reduce((text, [from, to]) => text.replace(from, to), OPENING.join('\r\n'))}\r\n\r\n`;

interface FrameOptions {
  opcode?: number;
  final?: boolean;
  /** The reserved bits. */
  reserved?: number;
  masked?: boolean;
  /** What the frame says of its length, whatever it is. */
  length?: number | bigint;
}

/** One frame of RFC 6455, well-formed or not. */
function frame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { opcode = 1, final = true, reserved = 0, masked = true } = options;
  const bytes = Buffer.from(payload);
  const length = BigInt(options.length ?? bytes.length);
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const maskBit = masked ? 0x80 : 0;
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(length);
  const size =
    length < 126n
      ? Buffer.from([maskBit | Number(length)])
      : length < 65_536n
        ? Buffer.concat([Buffer.from([maskBit | 126]), long.subarray(6)])
        : Buffer.concat([Buffer.from([maskBit | 127]), long]);
  return Buffer.concat([Buffer.from([first]), size, ...(masked ? [Buffer.alloc(4)] : []), bytes]);
}

describe('a websocket', () => {
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

  const connectPacket = (): string => `40${JSON.stringify({ token: cora.signIn.accessToken })}`;

  async function opened(): Promise<RawConnection> {
    const connection = await RawConnection.to(api.url);
    connection.send(opening());
    expect(await connection.receives(/^HTTP\/1\.1 101 /)).toBe(true);
    return connection;
  }

  const expectUnharmed = async (): Promise<void> => {
    const other = await sockets.connect(ana);
    const { head } = await other.follow(ticketId);
    await expect(other.say(ticketId, 'Still here')).resolves.toMatchObject({ seq: head + 1 });
    expect(errors).not.toHaveBeenCalled();
  };

  it.each([
    ['that is not masked', () => frame('40', { masked: false })],
    ['of an unknown kind', () => frame('x', { opcode: 3 })],
    ['of an unknown kind of control', () => frame('x', { opcode: 0xb })],
    ['with a reserved bit', () => frame('40', { reserved: 1 })],
    ['packed without an agreement', () => frame('40', { reserved: 4 })],
    ['that goes on with nothing', () => frame('40', { opcode: 0 })],
    ['of control in parts', () => frame('x', { opcode: 9, final: false })],
    ['of control that is too long', () => frame('x'.repeat(126), { opcode: 9 })],
    ['that begins anew before the other ended', () => Buffer.concat([frame('4', { final: false }), frame('40')])],
    ['that says it is larger than allowed', () => frame('', { length: 100_000 })],
    ['that says it is larger than all memory', () => frame('', { length: 0x7fffffffffffffffn })],
    ['that says it is of negative length', () => frame('', { length: 0xffffffffffffffffn })],
    [
      'in parts that are too large together',
      () => Buffer.concat([frame('x'.repeat(40_000), { final: false }), frame('x'.repeat(40_000), { opcode: 0 })]),
    ],
    ['that is no UTF-8', () => frame(Buffer.from([0x34, 0x30, 0xc0, 0xaf]))],
    ['of goodbye with half a code', () => frame(Buffer.from([3]), { opcode: 8 })],
    ['of goodbye with a code that nobody may send', () => frame(Buffer.from([3, 237]), { opcode: 8 })],
  ])('frame %s ends that connection and nothing else', async (_what, bytes) => {
    const connection = await opened();
    connection.send(frame(connectPacket()));
    await connection.receives(/40\{"sid"/);
    connection.send(bytes());
    await expect(connection.ended(5_000)).resolves.toBe(true);
    await expectUnharmed();
  });

  it.each([
    ['a thousand pings', () => Buffer.concat(dense(1, 1_000).map(() => frame('', { opcode: 9 })))],
    [
      'a thousand parts of one message',
      () =>
        Buffer.concat([
          frame('4', { final: false }),
          ...dense(1, 1_000).map(() => frame('2', { opcode: 0, final: false })),
        ]),
    ],
    ['a frame that never comes to its end', () => frame('4', { length: 1_000 })],
    ['bytes after the goodbye', () => Buffer.concat([frame('', { opcode: 8 }), frame('42["message:send",{}]')])],
  ])('with %s harms nobody', async (_what, bytes) => {
    const connection = await opened();
    connection.send(frame(connectPacket()));
    await connection.receives(/40\{"sid"/);
    connection.send(bytes());
    await expectUnharmed();
    connection.destroy();
  });

  it.each([
    ['without a key', opening([/Sec-WebSocket-Key.*/, 'X: y'])],
    ['with a key that is none', opening([/dGhlIHNhbXBsZSBub25jZQ==/, 'short'])],
    ['of another version', opening([/Version: 13/, 'Version: 7'])],
    ['by POST', opening([/^GET/, 'POST'])],
    ['without a protocol', opening([/\?EIO=4&transport=websocket/, ''])],
    ['of a transport that does not exist', opening([/transport=websocket/, 'transport=pigeon'])],
    ['of a transport like a prototype', opening([/transport=websocket/, 'transport=__proto__'])],
    ['with a session that does not exist', opening([/websocket HTTP/, 'websocket&sid=__proto__ HTTP'])],
    ['from another page', opening([/Version: 13/, 'Version: 13\r\nOrigin: https://evil.test'])],
  ])('opened %s is refused', async (_what, bytes) => {
    const connection = await RawConnection.to(api.url);
    connection.send(bytes);
    const text = await connection.answer();
    expect(text).not.toMatch(/^HTTP\/1\.1 101 /);
    expect(answersIn(text)).toBe(1);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    connection.destroy();
    await expectUnharmed();
  });

  it('that leaves its session is closed, so that nobody collects connections', async () => {
    const connection = await opened();
    connection.send(frame(connectPacket()));
    expect(await connection.receives(/40\{"sid"/)).toBe(true);
    connection.send(frame('41'));
    await expect(connection.ended(2_000)).resolves.toBe(true);
  });

  it.each([
    ['says nothing', []],
    ['has a wrong token', ['40{"token":"wrong"}']],
    ['knocks again and again', dense(1, 50).map(() => '40{"token":"wrong"}')],
    ['asks for other namespaces', ['40/admin,{}', '40/x,{}']],
  ])('that %s is closed within ten seconds', async (_what, packets) => {
    const connection = await opened();
    for (const packet of packets) connection.send(frame(packet));
    await expect(connection.ended(11_500)).resolves.toBe(true);
    await expectUnharmed();
  });
});

describe('a crowd of strangers', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '0.05', TRUST_PROXY: '127.0.0.1' } });
  const ALLOWED = 50;

  const knock = (address: string): Promise<number> =>
    fetch(`${api.url}/socket.io/?EIO=4&transport=polling`, { headers: { 'x-forwarded-for': address } }).then(
      async (answer) => {
        await answer.text();
        return answer.status;
      },
    );

  it('waits in front of the door up to a number; others, and pages, come in', async () => {
    const statuses: number[] = [];
    for (let count = 1; count <= ALLOWED + 5; count += 1) statuses.push(await knock(`2001:db8:1:2::${count}`));
    expect(statuses).toEqual([...dense(1, ALLOWED).map(() => 200), ...dense(1, 5).map(() => 403)]);
    expect(await knock('2001:db8:1:3::1')).toBe(200);
    expect(await knock('192.0.2.1')).toBe(200);
    expectStatus(200, await api.anyone.get('/health/ready', { 'x-forwarded-for': '2001:db8:1:2::1' }));
    const cora = await api.given.customer();
    expectStatus(200, await cora.get('/api/me', { 'x-forwarded-for': '2001:db8:1:2::1' }));
  });

  it('is forgotten when it has waited for ten seconds', async () => {
    for (let count = 1; count <= ALLOWED; count += 1) await knock('198.51.100.1');
    expect(await knock('198.51.100.1')).toBe(403);
    const end = Date.now() + 13_000;
    let status = 403;
    while (status === 403 && Date.now() < end) {
      await once(AbortSignal.timeout(500), 'abort');
      status = await knock('198.51.100.1');
    }
    expect(status).toBe(200);
  });
});
