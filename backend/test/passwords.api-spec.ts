import { randomUUID } from 'node:crypto';
import { expectStatus, invalid, PASSWORD, problem, testApi, type Person } from './support/api-client';
import { mailbox } from './support/mailbox';
import { HOUR, MINUTE } from './support/moved-clock';

const PUBLIC_URL = 'http://help.example';
const api = testApi({ env: { PUBLIC_URL } });
const NEW_PASSWORD = 'a wholly new password';

const { mailsTo, tokenFor } = mailbox(api, PUBLIC_URL);

const forgot = (email: string, headers?: Record<string, string>) =>
  api.anyone.post('/api/auth/password/forgot', { email }, headers);
const reset = (token: string, password = NEW_PASSWORD) =>
  api.anyone.post('/api/auth/password/reset', { token, password });

describe('a forgotten password', () => {
  it('is chosen anew with the mailed link, once; all sign-ins end and none begins', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await forgot(cora.account.email.toUpperCase()));
    const token = await tokenFor(cora.account.email, 'reset-password');
    const done = await reset(token);
    expect(done.status).toBe(204);
    expect(done.headers).not.toHaveProperty('set-cookie');
    expect((await cora.get('/api/me')).status).toBe(401);
    expect((await api.login(cora.account.email)).status).toBe(401);
    expect((await api.login(cora.account.email, NEW_PASSWORD)).status).toBe(200);
    expect(await reset(token, 'one more password')).toMatchObject(problem(400, 'invalid-token'));
    expect((await api.login(cora.account.email, NEW_PASSWORD)).status).toBe(200);
  });

  it('is answered alike for every address, and mailed to active accounts only', async () => {
    const [cora, disabled, admin] = [await api.given.customer(), await api.given.customer(), await api.given.admin()];
    expectStatus(200, await admin.patch(`/api/users/${disabled.id}`, { active: false }));
    const unknown = `nobody-${randomUUID()}@example.com`;
    const answers = [await forgot(cora.account.email), await forgot(disabled.account.email), await forgot(unknown)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(answers.map(({ body }) => body)).toEqual([undefined, undefined, undefined]);
    expect(await mailsTo(cora.account.email)).toHaveLength(1);
    expect(await mailsTo(disabled.account.email)).toHaveLength(0);
    expect(await mailsTo(unknown)).toHaveLength(0);
  });

  it('is linked to the public address, whatever the request claims', async () => {
    const cora = await api.given.customer();
    const lies = { 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' };
    expectStatus(202, await forgot(cora.account.email, lies));
    await tokenFor(cora.account.email, 'reset-password');
    const [mail] = await mailsTo(cora.account.email);
    expect(JSON.stringify(mail)).not.toContain('evil.test');
  });

  it('cannot be chosen with a link that is too old or was replaced', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await forgot(cora.account.email));
    const replaced = await tokenFor(cora.account.email, 'reset-password');
    expectStatus(202, await forgot(cora.account.email));
    const old = await tokenFor(cora.account.email, 'reset-password');
    expect(old).not.toBe(replaced);
    api.clock.forward(31 * MINUTE);
    const answers = [await reset(replaced), await reset(old), await reset('a'.repeat(43))];
    for (const answer of answers) expect(answer).toMatchObject(problem(400, 'invalid-token'));
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
    expect((await api.login(cora.account.email)).status).toBe(200);
  });

  it('is not one that would be guessed first; the link then still works', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await forgot(cora.account.email));
    const token = await tokenFor(cora.account.email, 'reset-password');
    for (const password of ['password123', cora.account.email])
      expect(await reset(token, password)).toMatchObject(invalid('password'));
    expect((await reset(token)).status).toBe(204);
  });

  it('is not chosen twice by two requests at once', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await forgot(cora.account.email));
    const token = await tokenFor(cora.account.email, 'reset-password');
    const answers = await Promise.all([reset(token, 'the first password'), reset(token, 'the second password')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
  });

  it.each([
    ['token', { token: 5 }],
    ['token', { token: 'x'.repeat(201) }],
    ['password', { password: 'short' }],
    ['password', { password: 'x'.repeat(129) }],
    ['userId', { userId: randomUUID() }],
  ])('names %s when it reads %j', async (path, wrong) => {
    const answer = await api.anyone.post('/api/auth/password/reset', { token: 'a', password: NEW_PASSWORD, ...wrong });
    expect(answer).toMatchObject(invalid(path));
  });
});

describe('the change of a password', () => {
  const change = (person: Person, body: unknown, headers?: Record<string, string>) =>
    person.post('/api/auth/password/change', body, headers);

  it('ends all other sign-ins; the own one goes on with a fresh cookie, and the owner is told', async () => {
    const cora = await api.given.customer();
    const phone = await api.device(cora.account);
    const done = await change(cora, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, cora.cookie);
    expect(done.status).toBe(204);
    const cookie = done.headers['set-cookie'].split(';')[0];
    expect(cookie).not.toBe(cora.cookie.cookie);
    expect((await cora.get('/api/me')).status).toBe(200);
    expect((await api.anyone.post('/api/auth/refresh', undefined, { cookie })).status).toBe(200);
    expect((await phone.get('/api/me')).status).toBe(401);
    expect((await api.anyone.post('/api/auth/refresh', undefined, phone.cookie)).status).toBe(401);
    expect((await api.login(cora.account.email, NEW_PASSWORD)).status).toBe(200);
    const [mail] = await mailsTo(cora.account.email);
    expect(mail.subject).toBe('Your password was changed');
    expect(mail.text).not.toContain('token=');
  });

  it('needs the current one', async () => {
    const cora = await api.given.customer();
    const wrong = await change(cora, { currentPassword: 'not this one', newPassword: NEW_PASSWORD });
    expect(wrong).toMatchObject(problem(403, 'wrong-password'));
    expect(await change(cora, { newPassword: NEW_PASSWORD })).toMatchObject(invalid('currentPassword'));
    for (const newPassword of ['short', 'Password123', cora.account.email])
      expect(await change(cora, { currentPassword: PASSWORD, newPassword })).toMatchObject(invalid('newPassword'));
    expect((await api.login(cora.account.email)).status).toBe(200);
  });
});

describe('an invitation', () => {
  const accept = (token: string, more: Record<string, unknown> = {}) =>
    api.anyone.post('/api/auth/invitation/accept', { token, password: NEW_PASSWORD, ...more });

  async function invited(): Promise<{ email: string; id: string; token: string }> {
    const admin = await api.given.admin();
    const email = `ines-${randomUUID()}@example.com`;
    const { body } = expectStatus(201, await admin.post('/api/users', { email, name: 'Ines', role: 'agent' }));
    expect(body).toMatchObject({ email, name: 'Ines', role: 'agent', active: true, invited: true });
    return { email, id: body.id, token: await tokenFor(email, 'invite') };
  }

  it('lets the person choose a password and a name, once', async () => {
    const { email, token } = await invited();
    expect((await accept(`${token}x`)).status).toBe(400);
    expect(await accept(token, { password: email })).toMatchObject(invalid('password'));
    expect((await accept(token, { name: 'Ines Okafor' })).status).toBe(204);
    const login = await api.login(email, NEW_PASSWORD);
    expect(login).toMatchObject({ status: 200, body: { user: { name: 'Ines Okafor', role: 'agent' } } });
    expect(await accept(token)).toMatchObject(problem(400, 'invalid-token'));
  });

  it('works for 72 hours', async () => {
    const [early, late] = [await invited(), await invited()];
    api.clock.forward(71 * HOUR);
    expect((await accept(early.token)).status).toBe(204);
    api.clock.forward(2 * HOUR);
    expect(await accept(late.token)).toMatchObject(problem(400, 'invalid-token'));
  });

  it('is no password reset, and the other way round', async () => {
    const { token, email } = await invited();
    expect((await reset(token)).status).toBe(400);
    expectStatus(202, await forgot(email));
    expect(await mailsTo(email)).toHaveLength(1);
    const cora = await api.given.customer();
    expectStatus(202, await forgot(cora.account.email));
    expect((await accept(await tokenFor(cora.account.email, 'reset-password'))).status).toBe(400);
  });

  it('is worthless once the person was switched off', async () => {
    const { id, token, email } = await invited();
    const admin = await api.given.admin();
    expectStatus(200, await admin.patch(`/api/users/${id}`, { active: false }));
    await accept(token);
    expect((await api.login(email, NEW_PASSWORD)).status).toBe(401);
  });
});
