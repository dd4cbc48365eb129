import { testApi, type Answer, type Person } from './support/api-client';
import { parsed, RawConnection } from './support/raw-connection';

const PUBLIC_URL = 'https://help.example.com';
const api = testApi({ env: { PUBLIC_URL } });
let cora: Person;
beforeAll(async () => {
  cora = await api.given.customer();
});

const SAFE = {
  'content-security-policy': expect.stringMatching(
    /object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'.*form-action 'self'/,
  ),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};

describe('every answer', () => {
  it.each<[what: string, ask: () => Promise<Answer>, status: number | undefined]>([
    ['the page', () => api.anyone.get('/'), undefined],
    ['a path of the client', () => api.anyone.get('/tickets/1001'), undefined],
    ['a path that nobody knows', () => api.anyone.get('/no/such/page'), 404],
    ['a file that is not there', () => api.anyone.get('/main-AAAAAAAA.js'), 404],
    ['a map of the sources', () => api.anyone.get('/main.js.map'), 404],
    ['an answer of the API', () => api.anyone.get('/health/live'), 200],
    ['a refusal', () => api.anyone.get('/api/me'), 401],
    ['a route that is not there', () => api.anyone.get('/api/nothing'), 404],
    ['a wrong method', () => api.anyone.send('PUT', '/api/auth/login', {}), 404],
    ['a broken body', () => api.anyone.post('/api/auth/login', '{', { 'content-type': 'application/json' }), 400],
    ['a broken path', () => api.anyone.get('/api/tickets/%E0%A4%A'), 400],
    ['a broken path of a file', () => api.anyone.get('/assets/%00'), undefined],
    ['the description of the API', () => api.anyone.get('/api/openapi.json'), 200],
    ['a question before a request', () => api.anyone.send('OPTIONS', '/api/tickets'), 204],
    ['a socket that polls', () => api.anyone.get('/socket.io/?EIO=4&transport=polling'), 200],
    ['a socket that does it wrong', () => api.anyone.get('/socket.io/?EIO=4&transport=polling&sid=none'), 400],
    [
      'a socket from another page',
      () => api.anyone.get('/socket.io/?EIO=4&transport=polling', { origin: 'https://evil.test' }),
      403,
    ],
    ['a file of sockets', () => api.anyone.get('/socket.io/socket.io.js'), undefined],
  ])('carries the safe headers: %s', async (_what, ask, status) => {
    const answer = await ask();
    if (status !== undefined) expect(answer.status).toBe(status);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers).toMatchObject(SAFE);
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('server');
  });

  it('allows scripts only by a nonce or from here, and none that is written into a page or built from text', async () => {
    for (const path of ['/', '/api/me', '/no/such/page']) {
      const csp = (await api.anyone.get(path)).headers['content-security-policy'];
      const scripts = /script-src ([^;]*)/.exec(csp)?.[1] ?? '*';
      expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|unsafe-hashes|(^|\s)(\*|https?:|data:|blob:)(\s|$)/);
      expect(csp).toContain("require-trusted-types-for 'script'");
    }
  });
});

describe('the headers of a server on plain http', () => {
  const plain = testApi({ env: { PUBLIC_URL: 'http://help.example.com' } });

  it('do not promise https', async () => {
    expect((await plain.anyone.get('/api/me')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('addresses that lead nowhere', () => {
  it.each([
    ...[
      '/.env',
      '/.git/config',
      '/.well-known/../.env',
      '/package.json',
      '/main.js.map',
      '/docs',
      '/graphql',
      '/admin.php',
    ],
    ...['/wp-login.php', '/server-status', '/actuator/env', '/debug/pprof', '/data/jwt-secret', '/parley.sqlite'],
    ...[
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%5c..%5cpackage.json',
      '/%252e%252e%252fpackage.json',
    ],
    ...[
      '/....//package.json',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '//etc/passwd',
      '/api/..%2f..%2fpackage.json',
      '/%00/etc/passwd',
    ],
  ])('show nothing: %s', async (path) => {
    const connection = await RawConnection.to(api.url);
    connection.send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const answer = parsed(await connection.answer());
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.headers).toMatchObject(SAFE);
    expect(answer.body).not.toMatch(/"devDependencies"|root:x:|sourcesContent|JWT_SECRET/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'POST'])('take no %s on the page', async (method) => {
    expect([404, 405]).toContain((await api.anyone.send(method, '/')).status);
  });
});

describe('a page of somebody else', () => {
  const FOREIGN = [
    ...[
      'https://evil.test',
      'null',
      `${PUBLIC_URL}.evil.test`,
      'https://evil-help.example.com',
      'https://xhelp.example.com',
    ],
    ...[
      'http://help.example.com',
      `${PUBLIC_URL}:8443`,
      'https://HELP.example.com.',
      'https://help.example.com@evil.test',
    ],
    ...[`${PUBLIC_URL}/`, `${PUBLIC_URL}, https://evil.test`, 'file://', '*', ''],
  ];

  it.each(FOREIGN)('(%s) may not read what is answered', async (origin) => {
    const answer = await cora.get('/api/me', { origin });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers.vary).toMatch(/\bOrigin\b/i);
  });

  it.each(FOREIGN)('(%s) is not allowed to change anything when it asks before', async (origin) => {
    const ask = { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' };
    const answer = await api.anyone.send('OPTIONS', '/api/tickets/1001', undefined, ask);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is told apart from our own, which may', async () => {
    const ask = { origin: PUBLIC_URL, 'access-control-request-method': 'PATCH' };
    const { status, headers } = await api.anyone.send('OPTIONS', '/api/tickets/1001', undefined, ask);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PUBLIC_URL,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
    });
    expect(headers.vary).toMatch(/\bOrigin\b/i);
  });

  const COOKIE_ROUTES = ['/api/auth/refresh', '/api/auth/logout', '/api/auth/logout-all'];
  const cookieOf = (person: Person) => ({ cookie: person.cookie.cookie.replace(/^/, '__Secure-') });

  it.each<[what: string, headers: Record<string, string>]>([
    [
      'by a form',
      {
        origin: 'https://evil.test',
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
      },
    ],
    ['without saying who it is', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['from a frame without an origin', { origin: 'null' }],
    ['from a page that sounds alike', { origin: `${PUBLIC_URL}.evil.test` }],
    ['from our name without encryption', { origin: 'http://help.example.com' }],
  ])('cannot use the cookie %s', async (_what, headers) => {
    const device = await api.device(cora.account);
    for (const path of COOKIE_ROUTES) {
      const answer = await api.anyone.post(path, undefined, { ...headers, ...cookieOf(device) });
      expect([path, answer.status, answer.headers['set-cookie']]).toEqual([path, 403, undefined]);
    }
    expect((await device.get('/api/me')).status).toBe(200);
    expect((await api.anyone.post('/api/auth/refresh', undefined, cookieOf(device))).status).toBe(200);
  });

  it('cannot use the cookie by a link or a picture', async () => {
    const device = await api.device(cora.account);
    for (const path of COOKIE_ROUTES) expect((await api.anyone.get(path, cookieOf(device))).status).toBe(404);
    expect((await device.get('/api/me')).status).toBe(200);
  });
});

describe('what is personal', () => {
  it('is kept by nobody in between', async () => {
    const ticket = await api.given.ticket({ by: cora });
    for (const path of [
      '/api/me',
      '/api/tickets',
      `/api/tickets/${ticket.id}`,
      `/api/tickets/${ticket.id}/events`,
      '/api/notifications',
    ])
      expect([path, (await cora.get(path)).headers['cache-control']]).toEqual([path, 'no-store']);
  });
});
