import { createHmac, randomUUID } from 'node:crypto';
import { expectStatus, invalid, PASSWORD, problem, testApi, type Answer } from './support/api-client';
import { mailbox } from './support/mailbox';
import { MINUTE, SECOND } from './support/moved-clock';
import { until } from './support/until';

const api = testApi();
const { mailsTo } = mailbox(api, '');
const newEmail = (): string => `cora-${randomUUID()}@example.com`;
const setCookie = (answer: Answer): string => answer.headers['set-cookie'] ?? '';
const cookieOf = (answer: Answer): { cookie: string } => ({ cookie: setCookie(answer).split(';')[0] });
const aChangedKey = (index: number): object => ({ command: `command-${index}`, key: 'x' });
const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

async function registered(): Promise<{ email: string; password: string }> {
  const account = { email: newEmail(), password: 'a password of twelve words' };
  expectStatus(201, await api.anyone.post('/api/auth/register', account));
  return account;
}

describe('registering', () => {
  it('opens a customer account and tells nothing secret', async () => {
    const email = newEmail();
    const answer = await api.anyone.post('/api/auth/register', { email, password: PASSWORD, name: '  Cora  ' });
    expect(answer).toMatchObject({ status: 201, body: { email, name: 'Cora', role: 'customer' } });
    expect(Object.keys(answer.body).sort()).toEqual(['email', 'id', 'language', 'name', 'role']);
    expect(setCookie(answer)).toBe('');
  });

  it('names a person after the address when no name is given', async () => {
    const answer = await api.anyone.post('/api/auth/register', { email: `zoe.${newEmail()}`, password: PASSWORD });
    expect(answer.body.name).toMatch(/^zoe\.cora-/);
  });

  it('keeps the language of the page it was done on, and each sign-in tells it', async () => {
    const account = { email: newEmail(), password: PASSWORD };
    const registered = await api.anyone.post('/api/auth/register', { ...account, language: 'de' });
    expect(registered.body).toMatchObject({ language: 'de' });
    const signedIn = await api.login(account.email);
    expect(signedIn.body.user).toMatchObject({ language: 'de' });
    const me = await api.anyone.get('/api/me', bearer(signedIn.body.accessToken));
    expect(me.body.preferences).toMatchObject({ language: 'de' });
  });

  it('is in English for those who name no language, and in no language that is not spoken here', async () => {
    const { email, password } = await registered();
    expect((await api.login(email, password)).body.user).toMatchObject({ language: 'en' });
    expect(
      await api.anyone.post('/api/auth/register', { email: newEmail(), password: PASSWORD, language: 'tlh' }),
    ).toMatchObject(invalid('language'));
  });

  it('refuses an address that has an account, however it is spelled, and leaves its password alone', async () => {
    const { email, password } = await registered();
    for (const spelling of [email, email.toUpperCase(), ` ${email} `])
      expect(
        await api.anyone.post('/api/auth/register', { email: spelling, password: 'another password' }),
      ).toMatchObject(problem(409, 'email-taken'));
    expect(await api.login(email, password)).toMatchObject({ status: 200 });
  });

  it('keeps changed keys and how the desk is arranged, and takes them back', async () => {
    const ana = await api.given.agent();
    const keys = { letters: true, changed: [{ command: 'ticket.claim', key: 'v' }] };
    const workspace = { afterResolve: 'next', detailsWidth: 420, folded: ['times'] };
    expectStatus(200, await ana.patch('/api/me', { preferences: { keys, workspace } }));
    expect((await ana.get('/api/me')).body.preferences).toMatchObject({ keys, workspace });
    const back = { keys: { changed: [] }, workspace: { folded: [] } };
    expectStatus(200, await ana.patch('/api/me', { preferences: back }));
    expect((await ana.get('/api/me')).body.preferences).toMatchObject({
      keys: { letters: true, changed: [] },
      workspace: { afterResolve: 'next', detailsWidth: 420, folded: [] },
    });
  });

  it.each([
    ['role', { role: 'admin' }],
    ['roles', { roles: ['admin'] }],
    ['isActive', { isActive: true }],
    ['emailVerified', { emailVerified: true }],
    ['id', { id: randomUUID() }],
    ['passwordHash', { passwordHash: 'x' }],
  ])('refuses the unknown field %s', async (path, extra) => {
    const email = newEmail();
    const answer = await api.anyone.post('/api/auth/register', { email, password: PASSWORD, ...extra });
    expect(answer).toMatchObject(invalid(path));
    expect((await api.login(email)).status).toBe(401);
  });

  it.each([
    ['email', { email: 'no address' }],
    ['email', { email: ['a@example.com'] }],
    ['email', { email: undefined }],
    ['email', { email: '"a\r\nBcc: x"@example.com' }],
    ['email', { email: '"a b"@example.com' }],
    ['email', { email: `${'a'.repeat(250)}@example.com` }],
    ['password', { password: 'seven77' }],
    ['password', { password: 'x'.repeat(129) }],
    ['password', { password: 12345678 }],
    ['password', { password: { $ne: null } }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: '\u200b\u200b' }],
    ['name', { name: 'a\0b' }],
    ['name', { name: ['a'] }],
  ])('names %s when it reads %j', async (path, wrong) => {
    const account = { email: newEmail(), password: PASSWORD, name: 'Cora', ...wrong };
    expect(await api.anyone.post('/api/auth/register', account)).toMatchObject(invalid(path));
  });

  it('takes the shortest and the longest password as they are', async () => {
    for (const password of ['8 signs!', `${'🔑 '.repeat(42)}xx`]) {
      const email = newEmail();
      expectStatus(201, await api.anyone.post('/api/auth/register', { email, password }));
      expect((await api.login(email, password)).status).toBe(200);
      expect((await api.login(email, password.slice(0, -1))).status).toBe(401);
    }
  });
});

describe('a password that would be guessed first', () => {
  it.each(['password123', 'Qwerty12345', 'P@ssw0rd!', 'Parley2026', 'parleyparley'])(
    'is refused when registering: %j',
    async (password) => {
      const email = newEmail();
      expect(await api.anyone.post('/api/auth/register', { email, password })).toMatchObject(invalid('password'));
      expect((await api.login(email, password)).status).toBe(401);
    },
  );

  it('is the own address, too', async () => {
    const email = newEmail();
    for (const password of [email, email.toUpperCase(), email.split('@')[0], `${email.split('@')[0]}!1`])
      expect(await api.anyone.post('/api/auth/register', { email, password })).toMatchObject(invalid('password'));
  });

  it('is not one of twelve random letters: nothing is asked of its composition', async () => {
    expectStatus(201, await api.anyone.post('/api/auth/register', { email: newEmail(), password: 'kvtrwpqzhdnm' }));
  });
});

describe('signing in', () => {
  it('puts the access token into the body and the refresh token into a cookie scripts cannot read', async () => {
    const { email, password } = await registered();
    const answer = await api.login(email.toUpperCase(), password);
    expect(answer).toMatchObject({
      status: 200,
      body: { tokenType: 'Bearer', expiresIn: 900, user: { email, role: 'customer' } },
    });
    expect(setCookie(answer)).toMatch(/^parley_refresh=[^;]+; .*Path=\/api\/auth;.*HttpOnly; SameSite=Strict$/);
    const secret = setCookie(answer).split(/[=;]/)[1];
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(await api.anyone.get('/api/me', bearer(answer.body.accessToken))).toMatchObject({
      status: 200,
      body: { email, preferences: { email: { messages: true }, sound: true } },
    });
  });

  it('answers alike for a wrong password, an unknown address, a disabled and an invited person', async () => {
    const { email } = await registered();
    const admin = await api.given.admin();
    const disabled = await api.given.customer();
    expectStatus(200, await admin.patch(`/api/users/${disabled.id}`, { active: false }));
    const invited = newEmail();
    expectStatus(201, await admin.post('/api/users', { email: invited, name: 'Ines', role: 'agent' }));
    const answers = [
      await api.login(email, 'wrong password'),
      await api.login(newEmail(), 'wrong password'),
      await api.login(disabled.account.email),
      await api.login(invited),
    ];
    for (const answer of answers) expect(answer).toMatchObject(problem(401, 'invalid-credentials'));
    const bodies = answers.map(({ body }) => ({ ...body, requestId: '' }));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(answers.every((answer) => setCookie(answer) === '')).toBe(true);
  });

  it.each([
    ['email', { email: 'nobody' }],
    ['email', { email: { $gt: '' } }],
    ['password', { password: 'x'.repeat(5_000) }],
    ['password', { password: undefined }],
    ['remember', { remember: true }],
  ])('names %s when it reads %j', async (path, wrong) => {
    const credentials = { email: newEmail(), password: PASSWORD, ...wrong };
    expect(await api.anyone.post('/api/auth/login', credentials)).toMatchObject(invalid(path));
  });

  it.each([
    ['no dot', 'garbage'],
    ['alg none', `${part({ alg: 'none' })}.${part({ sub: 'x', sid: 'y', typ: 'access' })}.`],
    ['a foreign signature', `${part({ alg: 'HS256' })}.${part({ sub: 'x', sid: 'y', typ: 'access' })}.c2lnbmF0dXJl`],
  ])('refuses an access token with %s', async (_what, token) => {
    expect(await api.anyone.get('/api/me', bearer(token))).toMatchObject(problem(401, 'unauthenticated'));
  });

  it.each<[what: string, header: Record<string, unknown>, secret: string | null]>([
    ['no signature and alg none', { alg: 'none', typ: 'JWT' }, null],
    ['no signature and alg NONE', { alg: 'NONE' }, null],
    ['no signature', { alg: 'HS256' }, null],
    ['the signature of an empty secret', { alg: 'HS256' }, ''],
    ['the signature of a secret that everybody knows', { alg: 'HS256' }, 'secret'],
    ['the signature of another algorithm', { alg: 'HS512' }, 'secret'],
  ])('refuses and writes down an access token of a real person with %s', async (_what, header, secret) => {
    const cora = await api.given.customer();
    const forged = async (): Promise<number> =>
      (await api.rows(`SELECT id FROM audit_entries WHERE action = 'access.denied' AND data LIKE '%forged token%'`))
        .length;
    const before = await forged();
    const claims = `${part(header)}.${cora.signIn.accessToken.split('.')[1]}`;
    const hash = header.alg === 'HS512' ? 'sha512' : 'sha256';
    const signature = secret === null ? '' : createHmac(hash, secret).update(claims).digest('base64url');
    const answer = await api.anyone.get('/api/me', bearer(`${claims}.${signature}`));
    expect(answer).toMatchObject(problem(401, 'unauthenticated'));
    await until('it is written down', async () => (await forged()) > before);
  });

  it('refuses an access token with one byte changed, and one in the address', async () => {
    const cora = await api.given.customer();
    const { accessToken } = cora.signIn;
    const [header, payload, signature] = accessToken.split('.');
    const forged = Buffer.from(payload, 'base64url')
      .toString()
      .replace(/"sub":"./, '"sub":"f');
    const changed = `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`;
    expect((await api.anyone.get('/api/me', bearer(changed))).status).toBe(401);
    expect((await api.anyone.get(`/api/me?access_token=${accessToken}`)).status).toBe(401);
  });
});

describe('the refresh cookie', () => {
  it('is traded for a new one; ten parallel trades get the same living successor', async () => {
    const cora = await api.given.customer();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.anyone.post('/api/auth/refresh', undefined, cora.cookie)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    const successors = new Set(answers.map((answer) => cookieOf(answer).cookie));
    expect(successors.size).toBe(1);
    expect([...successors][0]).not.toBe(cora.cookie.cookie);
    const next = await api.anyone.post('/api/auth/refresh', undefined, cookieOf(answers[0]));
    expect(next.status).toBe(200);
    expect((await api.anyone.get('/api/me', bearer(next.body.accessToken))).status).toBe(200);
  });

  it('ends the whole family when an old one is presented after the grace', async () => {
    const cora = await api.given.customer();
    const elsewhere = await api.device(cora.account);
    const first = expectStatus(200, await api.anyone.post('/api/auth/refresh', undefined, cora.cookie));
    api.clock.forward(11 * SECOND);
    expect(await api.anyone.post('/api/auth/refresh', undefined, cora.cookie)).toMatchObject(
      problem(401, 'unauthenticated'),
    );
    expect((await api.anyone.post('/api/auth/refresh', undefined, cookieOf(first))).status).toBe(401);
    expect((await api.anyone.get('/api/me', bearer(first.body.accessToken))).status).toBe(401);
    expect((await elsewhere.get('/api/me')).status).toBe(200);
    const audited = await api.rows(`SELECT action FROM audit_entries WHERE actorId = ? AND action = 'token.reused'`, [
      cora.id,
    ]);
    expect(audited).toHaveLength(1);
    const [mail] = await mailsTo(cora.account.email);
    expect(mail.subject).toBe('A device was signed out');
    expect(mail.text).not.toContain('token=');
  });

  it('is not lost with the answer: whoever asks again within ten seconds goes on', async () => {
    const cora = await api.given.customer();
    const lost = expectStatus(200, await api.anyone.post('/api/auth/refresh', undefined, cora.cookie));
    api.clock.forward(9 * SECOND);
    const again = expectStatus(200, await api.anyone.post('/api/auth/refresh', undefined, cora.cookie));
    expect(cookieOf(again)).toEqual(cookieOf(lost));
    api.clock.forward(MINUTE);
    expectStatus(200, await api.anyone.post('/api/auth/refresh', undefined, cookieOf(again)));
  });

  it.each([
    ['none', {}],
    ['garbage', { cookie: 'parley_refresh=garbage' }],
    ['one of nobody', { cookie: `parley_refresh=${'a'.repeat(43)}.${'b'.repeat(43)}` }],
    ['a very long one', { cookie: `parley_refresh=${'a'.repeat(3_000)}` }],
  ])('is refused when there is %s', async (_what, headers) => {
    expect(await api.anyone.post('/api/auth/refresh', undefined, headers)).toMatchObject(
      problem(401, 'unauthenticated'),
    );
  });

  it('is worthless from a page of another origin', async () => {
    const cora = await api.given.customer();
    for (const route of ['refresh', 'logout', 'logout-all'])
      for (const origin of ['https://evil.test', 'null', 'http://localhost.evil.test'])
        expect(await api.anyone.post(`/api/auth/${route}`, undefined, { ...cora.cookie, origin })).toMatchObject(
          problem(403, 'foreign-origin'),
        );
    const own = { ...cora.cookie, origin: 'http://localhost:0' };
    expect((await api.anyone.post('/api/auth/refresh', undefined, own)).status).toBe(200);
  });

  it('is not an access token, and an access token is not a refresh cookie', async () => {
    const { signIn } = await api.given.customer();
    expect((await api.anyone.get('/api/me', bearer(signIn.refreshToken))).status).toBe(401);
    const cookie = `parley_refresh=${signIn.accessToken}`;
    expect((await api.anyone.post('/api/auth/refresh', undefined, { cookie })).status).toBe(401);
  });
});

describe('signing out', () => {
  it('ends this sign-in at once and clears the cookie', async () => {
    const cora = await api.given.customer();
    const answer = await cora.post('/api/auth/logout', undefined, cora.cookie);
    expect(answer.status).toBe(204);
    expect(setCookie(answer)).toMatch(/^parley_refresh=;.*Expires=Thu, 01 Jan 1970/);
    expect((await cora.get('/api/me')).status).toBe(401);
    expect((await api.anyone.post('/api/auth/refresh', undefined, cora.cookie)).status).toBe(401);
  });

  it('works without a cookie, too', async () => {
    expect((await api.anyone.post('/api/auth/logout')).status).toBe(204);
    expect((await api.anyone.post('/api/auth/logout-all')).status).toBe(204);
  });

  it('with a cookie that is not good any more ends nothing and clears it', async () => {
    const cora = await api.given.customer();
    expectStatus(204, await cora.post('/api/auth/logout', undefined, cora.cookie));
    const phone = await api.device(cora.account);
    for (const route of ['logout', 'logout-all']) {
      const answer = await api.anyone.post(`/api/auth/${route}`, undefined, cora.cookie);
      expect(answer.status).toBe(204);
      expect(setCookie(answer)).toMatch(/^parley_refresh=;/);
    }
    expect((await phone.get('/api/me')).status).toBe(200);
  });

  it('everywhere ends all sign-ins of this person only', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const phone = await api.device(cora.account);
    expectStatus(204, await cora.post('/api/auth/logout-all', undefined, cora.cookie));
    expect((await cora.get('/api/me')).status).toBe(401);
    expect((await phone.get('/api/me')).status).toBe(401);
    expect((await other.get('/api/me')).status).toBe(200);
  });

  it('of one device is offered in the list of sessions', async () => {
    const cora = await api.given.customer();
    const phone = await api.device(cora.account);
    const { body: sessions } = await cora.get('/api/me/sessions');
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toMatchObject([{ id: cora.signIn.id }]);
    expectStatus(204, await cora.delete(`/api/me/sessions/${phone.signIn.id}`));
    expect((await phone.get('/api/me')).status).toBe(401);
    expect((await cora.get('/api/me')).status).toBe(200);
    expect(await cora.delete(`/api/me/sessions/${phone.signIn.id}`)).toMatchObject(problem(404, 'not-found'));
  });

  it('cannot be done to somebody else', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    expect(await cora.delete(`/api/me/sessions/${other.signIn.id}`)).toMatchObject(problem(404, 'not-found'));
    expect((await other.get('/api/me')).status).toBe(200);
    expect((await cora.delete('/api/me/sessions/nonsense')).status).toBe(400);
  });
});

describe('the own account', () => {
  it('is changed member by member; what is left out stays', async () => {
    const cora = await api.given.customer();
    const changed = await cora.patch('/api/me', {
      name: ' Cora Lee ',
      preferences: { email: { status: false }, theme: 'dark' },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        name: 'Cora Lee',
        preferences: { email: { messages: true, status: false, assignments: true }, sound: true, theme: 'dark' },
      },
    });
    expectStatus(200, await cora.patch('/api/me', { preferences: { sound: false } }));
    expect((await cora.get('/api/me')).body).toMatchObject({
      name: 'Cora Lee',
      preferences: { theme: 'dark', sound: false },
    });
  });

  it.each([
    ['role', { role: 'admin' }],
    ['email', { email: 'new@example.com' }],
    ['isActive', { isActive: false }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['preferences', { preferences: [{ sound: false }] }],
    ['preferences.email', { preferences: { email: [{ messages: false }] } }],
    ['preferences.theme', { preferences: { theme: 'pink' } }],
    ['preferences.sound', { preferences: { sound: 'yes' } }],
    ['preferences.takeBackSeconds', { preferences: { takeBackSeconds: 31 } }],
    ['preferences.takeBackSeconds', { preferences: { takeBackSeconds: -1 } }],
    ['preferences.takeBackSeconds', { preferences: { takeBackSeconds: 2.5 } }],
    ['preferences.keys.letters', { preferences: { keys: { letters: 'no' } } }],
    ['preferences.keys.changed', { preferences: { keys: { changed: { command: 'list.next', key: 'j' } } } }],
    [
      'preferences.keys.changed',
      { preferences: { keys: { changed: Array.from({ length: 101 }, (_, index) => aChangedKey(index)) } } },
    ],
    ['preferences.keys.changed', { preferences: { keys: { changed: [aChangedKey(0), aChangedKey(0)] } } }],
    ['preferences.keys.changed.0.command', { preferences: { keys: { changed: [{ command: 'Not one', key: 'j' }] } } }],
    ['preferences.keys.changed.0.key', { preferences: { keys: { changed: [{ command: 'a', key: 'x'.repeat(17) }] } } }],
    ['preferences.workspace.afterResolve', { preferences: { workspace: { afterResolve: 'sleep' } } }],
    ['preferences.workspace.detailsWidth', { preferences: { workspace: { detailsWidth: 239 } } }],
    ['preferences.workspace.folded', { preferences: { workspace: { folded: ['<b>'] } } }],
    ['preferences.workspace.putAway', { preferences: { workspace: { putAway: 'all' } } }],
    ['preferences.email.messages', { preferences: { email: { messages: 1 } } }],
    ['preferences.unknown', { preferences: { unknown: true } }],
  ])('refuses %s as in %j', async (path, change) => {
    const cora = await api.given.customer();
    expect(await cora.patch('/api/me', change)).toMatchObject(invalid(path));
    expect((await cora.get('/api/me')).body).toMatchObject({ role: 'customer', email: cora.account.email });
  });

  it('ends with the account: a disabled person is a stranger at once', async () => {
    const [admin, agent] = [await api.given.admin(), await api.given.agent()];
    expectStatus(200, await admin.patch(`/api/users/${agent.id}`, { active: false }));
    expect(await agent.get('/api/tickets')).toMatchObject(problem(401, 'unauthenticated'));
    expect((await api.anyone.post('/api/auth/refresh', undefined, agent.cookie)).status).toBe(401);
    expectStatus(200, await admin.patch(`/api/users/${agent.id}`, { active: true }));
    expect((await agent.get('/api/tickets')).status).toBe(401);
    api.clock.forward(MINUTE);
    expect((await api.login(agent.account.email)).status).toBe(200);
  });
});

function part(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
