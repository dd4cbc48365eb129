import { connect } from 'node:net';
import { PASSWORD, problem, testApi, type Answer } from './support/api-client';

const PUBLIC_URL = 'https://help.example.com';
const api = testApi({ env: { PUBLIC_URL } });
const json = { 'content-type': 'application/json' };
const register = (body: string, headers: Record<string, string> = json): Promise<Answer> =>
  api.anyone.post('/api/auth/register', body, headers);

/** What a client that speaks no proper HTTP gets back. */
function raw(text: string): Promise<string> {
  const { port, hostname } = new URL(api.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('every failure', () => {
  it.each([
    ['an unknown route', () => api.anyone.get('/api/nothing/here'), 404, 'not-found'],
    ['an unknown method', () => api.anyone.send('PATCH', '/api/auth/login', {}), 404, 'not-found'],
    ['no sign-in', () => api.anyone.get('/api/tickets'), 401, 'unauthenticated'],
    ['broken JSON', () => register('{"email":'), 400, 'validation-failed'],
    ['a text where an object belongs', () => register('"text"'), 400, 'validation-failed'],
    ['a list where an object belongs', () => register('[]'), 400, 'validation-failed'],
    ['null', () => register('null'), 400, 'validation-failed'],
    ['an empty body', () => register(''), 400, 'validation-failed'],
    ['too large a body', () => register(JSON.stringify({ email: 'x'.repeat(300_000) })), 413, 'too-large'],
    [
      'a bottomless body',
      () => register(`{"email":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      400,
      'validation-failed',
    ],
    [
      'an unknown charset',
      () => register('{}', { 'content-type': 'application/json; charset=klingon' }),
      415,
      'unsupported-media',
    ],
    ['an unknown encoding', () => register('{}', { ...json, 'content-encoding': 'klingon' }), 415, 'unsupported-media'],
    ['a broken path', () => api.anyone.get('/api/tickets/%E0%A4%A'), 400, 'validation-failed'],
  ] as [string, () => Promise<Answer>, number, string][])(
    'of %s is a problem document',
    async (_what, ask, status, code) => {
      const answer = await ask();
      expect(answer).toMatchObject(problem(status, code));
      expect(answer.body).toMatchObject({ type: 'about:blank', title: expect.any(String), detail: expect.any(String) });
      expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at \w+ \(|SELECT|sqlite|mysql|\/backend\//i);
    },
  );

  it('says how to sign in', async () => {
    expect((await api.anyone.get('/api/me')).headers['www-authenticate']).toBe('Bearer');
  });

  it('keeps the id a caller gave, unless that is odd', async () => {
    const named = await api.anyone.get('/api/me', { 'x-request-id': 'my-request-0001' });
    expect(named.body.requestId).toBe('my-request-0001');
    for (const odd of ['short', 'x'.repeat(65), 'with space in it', '<script>alert(1)</script>'])
      expect((await api.anyone.get('/api/me', { 'x-request-id': odd })).body.requestId).toMatch(/^[\da-f-]{36}$/);
  });

  it.each(['abc', '1e3', '1.001e3', '+5', ' 5', '-1', '0x10', '1.5', '99999999999', "1'", '*', '%', '__proto__'])(
    'of the ticket number %s is told, not stumbled over',
    async (number) => {
      const [cora, agent] = [await api.given.customer(), await api.given.agent()];
      for (const person of [cora, agent]) {
        const answer = await person.get(`/api/tickets/${encodeURIComponent(number)}`);
        expect(answer).toMatchObject(problem(400, 'validation-failed', { errors: [{ path: 'ticketId' }] }));
      }
    },
  );
});

describe('a body with traps', () => {
  it.each([
    ['{"email":"a@example.com","password":"long enough","__proto__":{"role":"admin"}}'],
    ['{"email":"a@example.com","password":"long enough","constructor":{"prototype":{"role":"admin"}}}'],
    ['{"email":"a@example.com","password":"long enough","toString":"x"}'],
    ['{"__proto__":{"email":"a@example.com","password":"long enough"}}'],
  ])('%s is refused or harmless', async (body) => {
    const answer = await register(body);
    expect([201, 400, 409]).toContain(answer.status);
    if (answer.status === 201) expect(answer.body.role).toBe('customer');
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it('may be nested a thousand deep', async () => {
    const answer = await register(`{"email":${'['.repeat(1_000)}${']'.repeat(1_000)},"password":"long enough"}`);
    expect(answer).toMatchObject(problem(400, 'validation-failed'));
  });

  it('is not taken from a form or from text', async () => {
    const form = await register(`email=a@example.com&password=${PASSWORD}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([400, 415]).toContain(form.status);
    const text = await register(JSON.stringify({ email: 'a@example.com', password: PASSWORD }), {
      'content-type': 'text/plain',
    });
    expect([400, 415]).toContain(text.status);
  });

  it('in a query is read as text', async () => {
    const agent = await api.given.agent();
    for (const query of [
      'q[$ne]=x',
      'q=a&q=b',
      'status[]=open',
      '__proto__[x]=1',
      'limit=1&limit=2',
      'sort=createdAt&sort=x',
    ]) {
      const { status } = await agent.get(`/api/tickets?${query}`);
      expect([200, 400]).toContain(status);
    }
    expect((await agent.get('/api/tickets?status=open&status=closed')).status).toBe(200);
  });
});

describe('headers', () => {
  const PATHS = ['/api/me', '/api/nothing', '/health/live', '/api/openapi.json'];

  it.each(PATHS)('of %s are safe and tell nothing about the server', async (path) => {
    const { headers } = await api.anyone.get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'x-request-id': expect.any(String),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
    const csp = headers['content-security-policy'];
    for (const rule of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "default-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types parley-shell-worker',
    ])
      expect(csp).toContain(rule);
    expect(csp).not.toMatch(/unsafe-(inline|eval)/);
    expect(csp).toMatch(/script-src 'nonce-[\w+/=]{22,}';/);
    expect(csp).toMatch(/style-src 'nonce-[\w+/=]{22,}';/);
  });

  it('carry a nonce of their own each time', async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(
        async () => /nonce-([^']+)/.exec((await api.anyone.get('/api/me')).headers['content-security-policy'])?.[1],
      ),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('forbid to keep what the API answers', async () => {
    const cora = await api.given.customer();
    for (const path of ['/api/me', '/api/tickets', '/api/nothing', '/api/tickets/999999', '/API/Tickets'])
      expect((await cora.get(path)).headers['cache-control']).toBe('no-store');
  });

  it('let the own pages call, and no other', async () => {
    const own = await api.anyone.get('/api/me', { origin: PUBLIC_URL });
    expect(own.headers).toMatchObject({
      'access-control-allow-origin': PUBLIC_URL,
      'access-control-allow-credentials': 'true',
    });
    expect(own.headers.vary).toMatch(/Origin/);
    expect(own.headers['access-control-expose-headers']).toMatch(/ETag.*Link.*Location/);
    for (const origin of ['https://evil.test', 'null', `${PUBLIC_URL}.evil.test`, 'http://help.example.com'])
      expect((await api.anyone.get('/api/me', { origin })).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('make the cookie secure when the public address is', async () => {
    const cora = await api.given.customer();
    const answer = await api.login(cora.account.email);
    expect(answer.headers['set-cookie']).toMatch(/^__Secure-parley_refresh=[^;]+;.*HttpOnly; Secure; SameSite=Strict$/);
  });
});

describe('the server', () => {
  it('says that it lives and is ready', async () => {
    expect(await api.anyone.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.anyone.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('describes itself', async () => {
    const { body } = await api.anyone.get('/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Parley' } });
    expect((await api.anyone.get('/api/docs')).type).toBe('text/html');
  });

  it('survives what is no HTTP', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(`GET /api/me HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
    expect(
      await raw('POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 400/);
    expect((await api.anyone.get('/health/ready')).status).toBe(200);
  });
});
