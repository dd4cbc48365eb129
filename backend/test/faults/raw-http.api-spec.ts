import { deflateSync, gzipSync } from 'node:zlib';
import { expectStatus, problem, testApi, type Person } from '../support/api-client';
import { answersIn, parsed, RawConnection } from '../support/raw-connection';

const api = testApi({ env: { PUBLIC_URL: 'https://help.example.com' } });
let ana: Person;
beforeAll(async () => {
  ana = await api.given.agent();
});

async function say(bytes: string | Buffer): Promise<string> {
  const connection = await RawConnection.to(api.url);
  connection.send(bytes);
  const answer = await connection.answer();
  connection.destroy();
  return answer;
}

const request = (line: string, headers: string[] = [], body = ''): string =>
  [line, 'Host: localhost', ...headers, '', body].join('\r\n');
const post = (headers: string[], body = ''): string =>
  request('POST /api/auth/login HTTP/1.1', ['Content-Type: application/json', ...headers], body);

const expectWell = async (): Promise<void> => {
  expectStatus(200, await ana.get('/api/me'));
  expectStatus(200, await api.anyone.get('/health/ready'));
};

describe('what is no HTTP', () => {
  const LOGIN = JSON.stringify({ email: 'nobody@example.com', password: 'x' });

  it.each<[what: string, bytes: string, status: number]>([
    ['a line of one word', 'GET\r\n\r\n', 400],
    ['a version that does not exist', request('GET /api/me HTTP/9.9'), 400],
    ['a method that does not exist', request('FETCH /api/me HTTP/1.1'), 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a greeting of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a space before a colon', request('GET /api/me HTTP/1.1', ['X-A : b']), 400],
    ['a header without a colon', request('GET /api/me HTTP/1.1', ['nonsense']), 400],
    ['a folded header', request('GET /api/me HTTP/1.1', ['X-A: b', ' c']), 400],
    ['NUL in a header', request('GET /api/me HTTP/1.1', ['X-A: b\0c']), 400],
    ['a bare CR in a header', request('GET /api/me HTTP/1.1', ['X-A: b\rX-B: c']), 400],
    ['a length and chunks', post(['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400],
    ['chunks and a length', post(['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n'), 400],
    ['two lengths', post(['Content-Length: 5', 'Content-Length: 6'], 'abcdef'), 400],
    ['two lengths in one', post(['Content-Length: 5, 6'], 'abcdef'), 400],
    ['a negative length', post(['Content-Length: -1']), 400],
    ['a length with a sign', post(['Content-Length: +5'], 'abcde'), 400],
    ['a length in hexadecimal', post(['Content-Length: 0x5'], 'abcde'), 400],
    ['a length beyond all', post(['Content-Length: 99999999999999999999999']), 400],
    ['chunks that are not last', post(['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'), 400],
    ['a coding that is nearly chunks', post(['Transfer-Encoding: xchunked'], '0\r\n\r\n'), 400],
    ['a chunk without a size', post(['Transfer-Encoding: chunked'], 'zz\r\nabc\r\n0\r\n\r\n'), 400],
    ['a chunk of negative size', post(['Transfer-Encoding: chunked'], '-1\r\nabc\r\n0\r\n\r\n'), 400],
    ['a chunk that is too long', post(['Transfer-Encoding: chunked'], '3\r\nabcdef\r\n0\r\n\r\n'), 400],
    [
      'endless words about a chunk',
      post(['Transfer-Encoding: chunked'], `1;${'x'.repeat(20_000)}\r\na\r\n0\r\n\r\n`),
      413,
    ],
    ['200 headers of 8 KB', request('GET /api/me HTTP/1.1', Array<string>(200).fill(`X-A: ${'x'.repeat(8_000)}`)), 431],
    ['20,000 headers', request('GET /api/me HTTP/1.1', Array<string>(20_000).fill('a: b')), 431],
    ['an address of 20 KB', request(`GET /api/me?${'x'.repeat(20_000)} HTTP/1.1`), 431],
    ['CONNECT', request('CONNECT evil.test:443 HTTP/1.1'), 405],
  ])('(%s) is refused like anything else, and ends the connection', async (_what, bytes, status) => {
    const connection = await RawConnection.to(api.url);
    connection.send(bytes);
    const text = await connection.answer();
    const answer = parsed(text);
    expect([answer.status, answersIn(text)]).toEqual([status, 1]);
    const body = JSON.parse(answer.body) as { requestId: string };
    expect(body).toMatchObject({ type: 'about:blank', status, code: expect.stringMatching(/^[a-z-]+$/) });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'content-security-policy': expect.stringContaining("object-src 'none'"),
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-request-id': body.requestId,
      connection: 'close',
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    await expect(connection.ended(2_000)).resolves.toBe(true);
    await expectWell();
  });

  it.each<[what: string, bytes: string, statuses: number[]]>([
    ['TRACE', request('TRACE / HTTP/1.1'), [404, 405]],
    ['PUT on the page', request('PUT / HTTP/1.1', ['Content-Length: 0']), [404, 405]],
    ['OPTIONS of everything', request('OPTIONS * HTTP/1.1'), [204, 404]],
    ['an asterisk to get', request('GET * HTTP/1.1'), [404]],
    ['an address of somebody else', request('GET http://evil.test/api/me HTTP/1.1'), [401]],
    ['an address that is none', request('GET http://[/api/me HTTP/1.1'), [400, 404]],
    ['two slashes', request('GET //evil.test/api/me HTTP/1.1'), [404]],
    ['letters of another kind in an address', request('GET /api/tickets/\xff\xfe HTTP/1.1'), [400, 401]],
    ['an expectation that nobody knows', request('GET /api/me HTTP/1.1', ['Expect: nonsense']), [401]],
    ['an upgrade to another protocol', request('GET /api/me HTTP/1.1', ['Upgrade: h2c', 'Connection: Upgrade']), [401]],
    [
      'an upgrade to another protocol with a body',
      request('POST /api/auth/login HTTP/1.1', ['Upgrade: h2c', 'Connection: Upgrade', 'Content-Length: 2'], '{}'),
      [400],
    ],
    ['many hosts', request('GET /api/me HTTP/1.1', ['Host: evil.test']), [400, 401]],
    ['no host', 'GET /api/me HTTP/1.1\r\n\r\n', [400]],
    ['no version', 'GET /api/me\r\n\r\n', [401]],
    ['an old version', 'GET /api/me HTTP/1.0\r\n\r\n', [401]],
  ])('but allowed (%s) is answered without harm', async (_what, bytes, statuses) => {
    const answer = parsed(await say(bytes));
    expect(statuses).toContain(answer.status);
    if (answer.status >= 400)
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/problem\+json/),
        'content-security-policy': expect.stringContaining("object-src 'none'"),
      });
    await expectWell();
  });

  it('brings no answer for what is hidden behind it', async () => {
    const hidden = request('GET /api/openapi.json HTTP/1.1');
    const refused = post(['Content-Length: 5', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`);
    expect(answersIn(await say(refused))).toBe(1);
    const short = post([`Content-Length: ${LOGIN.length}`], `${LOGIN.slice(0, -8)}${hidden}`);
    expect(answersIn(await say(short))).toBe(1);
  });

  it('among what is follows one answer for each, in their order', async () => {
    const paths = ['/health/live', '/api/me', '/api/nothing/here', '/health/ready'];
    const text = await say(paths.map((path) => request(`GET ${path} HTTP/1.1`)).join(''));
    expect([...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))).toEqual([
      200, 401, 404, 200,
    ]);
  });

  it('cannot put lines of its own into the answer', async () => {
    const list = await ana.get('/api/tickets?limit=1&q=x%0d%0aX-Evil:%201');
    expect(list.headers).not.toHaveProperty('x-evil');
    const text = await say(
      request('GET /api/tickets/%0d%0aX-Evil:%201 HTTP/1.1', ['X-Request-Id: abcdefgh%0d%0aX-Evil: 1']),
    );
    expect(text.toLowerCase()).not.toMatch(/^x-evil:/m);
  });

  it('does not lead pages of a list elsewhere', async () => {
    for (let count = 0; count < 2; count += 1) await api.given.ticket();
    const line = 'GET http://evil.test/api/tickets?limit=1 HTTP/1.1';
    const answer = parsed(await say(request(line, [`Authorization: Bearer ${ana.signIn.accessToken}`])));
    expect(answer.status).toBe(200);
    expect(answer.headers.link).toMatch(/^<\/api\/tickets\?/);
  });

  it('that breaks off half-way is forgotten', async () => {
    for (const part of [
      'GET /api',
      post(['Content-Length: 500'], '{"email":'),
      post(['Transfer-Encoding: chunked'], '5\r\nab'),
    ]) {
      const connection = await RawConnection.to(api.url);
      connection.send(part);
      connection.destroy();
    }
    await expectWell();
  });

  it('that never says what it wants is ended within ten seconds, however many there are', async () => {
    const silent = await Promise.all(Array.from({ length: 300 }, () => RawConnection.to(api.url)));
    const slow = await RawConnection.to(api.url);
    const typing = setInterval(() => slow.send('G'), 1_000);
    await expectWell();
    const ended = await Promise.all([...silent, slow].map((connection) => connection.ended(13_000)));
    clearInterval(typing);
    expect(ended.filter((isEnded) => !isEnded)).toEqual([]);
  });
});

describe('a packed body', () => {
  const send = (body: Buffer, encoding: string, type = 'application/json') =>
    api.anyone.post('/api/auth/login', body, { 'content-type': type, 'content-encoding': encoding });
  const json = Buffer.from(JSON.stringify({ email: 'nobody@example.com', password: 'x' }));

  it.each([
    ['gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
  ])('is read as if it were not (%s)', async (encoding, body) => {
    expect(await send(body, encoding)).toMatchObject(problem(401, 'invalid-credentials'));
  });

  it.each<[what: string, encoding: string, body: Buffer, status: number]>([
    ['that is not', 'gzip', json, 400],
    ['that is cut off', 'gzip', gzipSync(json).subarray(0, 20), 400],
    ['twice', 'gzip, gzip', gzipSync(gzipSync(json)), 415],
    ['in an unknown way', 'zip', json, 415],
  ])('%s is refused', async (_what, encoding, body, status) => {
    expect((await send(body, encoding)).status).toBe(status);
  });

  it('that would fill the memory is refused while it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1_048_576, 0x20), { level: 9 });
    const before = process.memoryUsage().rss;
    const started = Date.now();
    expect(await send(bomb, 'gzip')).toMatchObject(problem(413, 'too-large'));
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_048_576);
    await expectWell();
  });
});

describe('a body in other letters', () => {
  const text = JSON.stringify({ subject: 'Zoë', description: 'Ünïcode' });
  const send = (body: Buffer, type: string | undefined) =>
    ana.post('/api/tickets', body, type === undefined ? {} : { 'content-type': type });

  it.each<[what: string, type: string | undefined, body: Buffer, status: number]>([
    ['UTF-8', 'application/json; charset=utf-8', Buffer.from(text), 201],
    ['UTF-8 in capitals', 'application/json; charset=UTF-8', Buffer.from(text), 201],
    ['UTF-8 with a mark in front', 'application/json', Buffer.from(`\ufeff${text}`), 201],
    ['Latin letters called UTF-8', 'application/json', Buffer.from(text, 'latin1'), 400],
    [
      'half a letter',
      'application/json',
      Buffer.concat([Buffer.from('{"subject":"a'), Buffer.from([0xe2, 0x82]), Buffer.from('"}')]),
      400,
    ],
    [
      'a letter in too long a form',
      'application/json',
      Buffer.concat([Buffer.from('{"subject":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
      400,
    ],
    [
      'half a pair as bytes',
      'application/json',
      Buffer.concat([Buffer.from('{"subject":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
      400,
    ],
    ['UTF-16 without a word', 'application/json', Buffer.from(text, 'utf16le'), 400],
    ['UTF-16', 'application/json; charset=utf-16', Buffer.from(text, 'utf16le'), 415],
    ['UTF-16LE', 'application/json; charset=utf-16le', Buffer.from(text, 'utf16le'), 415],
    ['UTF-7', 'application/json; charset=utf-7', Buffer.from(text), 415],
    ['UTF-32', 'application/json; charset=utf-32', Buffer.from(text), 415],
    ['Latin letters', 'application/json; charset=iso-8859-1', Buffer.from(text, 'latin1'), 415],
    ['JSON called text', 'text/plain', Buffer.from(text), 400],
    ['JSON called a form', 'application/x-www-form-urlencoded', Buffer.from(text), 400],
    ['JSON called nothing', undefined, Buffer.from(text), 400],
    ['JSON called XML', 'application/xml', Buffer.from(text), 400],
  ])('(%s) is taken as it was meant or refused', async (_what, type, body, status) => {
    const answer = await send(body, type);
    expect(answer.status).toBe(status);
    if (status === 201) expect(answer.body).toMatchObject({ subject: 'Zoë', description: 'Ünïcode' });
    else expect(answer).toMatchObject(problem(status, status === 415 ? 'unsupported-media' : 'validation-failed'));
  });
});
