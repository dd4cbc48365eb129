import { newId } from '../src/common';
import { expectStatus, invalid, PASSWORD, problem, testApi, type Answer, type Person } from './support/api-client';
import { mailbox } from './support/mailbox';
import { DAY, MINUTE } from './support/moved-clock';

const PUBLIC_URL = 'http://help.example';
const api = testApi({ env: { PUBLIC_URL } });
const { mailsTo, tokenFor } = mailbox(api, PUBLIC_URL);
const newEmail = (): string => `cora-${newId()}@example.com`;
const actionsAbout = async (userId: string): Promise<unknown[]> =>
  (await api.rows('SELECT action FROM audit_entries WHERE objectId = ? ORDER BY id', [userId])).map(
    ({ action }) => action,
  );

describe('the change of an address', () => {
  const ask = (person: Person, email: string, password = PASSWORD): Promise<Answer> =>
    person.post('/api/me/email', { email, password });
  const confirm = (token: string): Promise<Answer> => api.anyone.post('/api/auth/email/confirm', { token });

  it('happens when the link in the mail to the new address is followed; until then the old one signs in', async () => {
    const cora = await api.given.customer();
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    expect((await api.login(email)).status).toBe(401);
    expect((await api.login(cora.account.email)).status).toBe(200);
    const confirmed = await confirm(await tokenFor(email, 'confirm-email'));
    expect(confirmed.status).toBe(204);
    expect(confirmed.headers).not.toHaveProperty('set-cookie');
    expect((await api.login(email)).status).toBe(200);
    expect((await api.login(cora.account.email)).status).toBe(401);
    expect((await cora.get('/api/me')).body).toMatchObject({ email, emailConfirmed: true });
    expect(await actionsAbout(cora.id)).toContain('email.changed');
  });

  it('is told to the old address, when it is asked for and when it is done', async () => {
    const cora = await api.given.customer();
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    expectStatus(204, await confirm(await tokenFor(email, 'confirm-email')));
    const told = await mailsTo(cora.account.email);
    expect(told.map(({ subject }) => subject)).toEqual([
      'Your address was changed',
      'Your address is about to be changed',
    ]);
    for (const { text } of told) expect(text).not.toContain('token=');
  });

  it('says nothing to the new address that anybody typed', async () => {
    const cora = await api.given.customer({ name: 'Buy cheap pills' });
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    expect(JSON.stringify(await mailsTo(email))).not.toContain('pills');
  });

  it('needs the password', async () => {
    const cora = await api.given.customer();
    const email = newEmail();
    expect(await ask(cora, email, 'not the password')).toMatchObject(problem(403, 'wrong-password'));
    expect(await mailsTo(email)).toEqual([]);
    expect(await cora.post('/api/me/email', { email })).toMatchObject(invalid('password'));
    expect(await ask(cora, 'no address')).toMatchObject(invalid('email'));
  });

  it('works once, with the newest link only, within a day', async () => {
    const cora = await api.given.customer();
    const [first, second, third] = [newEmail(), newEmail(), newEmail()];
    expectStatus(202, await ask(cora, first));
    expectStatus(202, await ask(cora, second));
    expect(await confirm(await tokenFor(first, 'confirm-email'))).toMatchObject(problem(400, 'invalid-token'));
    const token = await tokenFor(second, 'confirm-email');
    const answers = await Promise.all([confirm(token), confirm(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
    expectStatus(202, await ask(cora, third));
    api.clock.forward(DAY + 1);
    expect(await confirm(await tokenFor(third, 'confirm-email'))).toMatchObject(problem(400, 'invalid-token'));
    expect((await api.login(second)).status).toBe(200);
  });

  it('cannot take the address of somebody else, not even at the last moment', async () => {
    const [cora, dan] = [await api.given.customer(), await api.given.customer()];
    expect(await ask(cora, dan.account.email.toUpperCase())).toMatchObject(problem(409, 'email-taken'));
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    expectStatus(201, await api.anyone.post('/api/auth/register', { email, password: PASSWORD }));
    expect(await confirm(await tokenFor(email, 'confirm-email'))).toMatchObject(problem(409, 'email-taken'));
    expect((await cora.get('/api/me')).body.email).toBe(cora.account.email);
  });

  it('is off when the password was chosen anew meanwhile', async () => {
    const cora = await api.given.customer();
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    const change = { currentPassword: PASSWORD, newPassword: 'a wholly new password' };
    expectStatus(204, await cora.post('/api/auth/password/change', change));
    expect(await confirm(await tokenFor(email, 'confirm-email'))).toMatchObject(problem(400, 'invalid-token'));
  });

  it('makes links worthless that went to the old address', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email: cora.account.email }));
    const old = await tokenFor(cora.account.email, 'reset-password');
    const email = newEmail();
    expectStatus(202, await ask(cora, email));
    expectStatus(204, await confirm(await tokenFor(email, 'confirm-email')));
    const reset = await api.anyone.post('/api/auth/password/reset', { token: old, password: 'another good one' });
    expect(reset).toMatchObject(problem(400, 'invalid-token'));
  });

  it('is no use with a link for something else', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email: cora.account.email }));
    const token = await tokenFor(cora.account.email, 'reset-password');
    expect(await confirm(token)).toMatchObject(problem(400, 'invalid-token'));
  });
});

describe('the end of an account', () => {
  const leave = (person: Person, password = PASSWORD): Promise<Answer> => person.delete('/api/me', { password });

  it('signs out at once, everywhere, and lets go of the address', async () => {
    const cora = await api.given.customer();
    const phone = await api.device(cora.account);
    const answer = await leave(cora);
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(/^parley_refresh=;/);
    for (const device of [cora, phone]) {
      expect((await device.get('/api/me')).status).toBe(401);
      expect((await api.anyone.post('/api/auth/refresh', undefined, device.cookie)).status).toBe(401);
    }
    const { email } = cora.account;
    expect(await api.login(email)).toMatchObject(problem(401, 'invalid-credentials'));
    const anew = expectStatus(201, await api.anyone.post('/api/auth/register', { email, password: PASSWORD }));
    expect(anew.body.id).not.toBe(cora.id);
  });

  it('leaves tickets and messages readable, under a placeholder', async () => {
    const [cora, ben, admin] = [
      await api.given.customer({ name: `Cora ${newId()}` }),
      await api.given.agent({ name: `Ben ${newId()}` }),
      await api.given.admin(),
    ];
    const { id } = await api.given.ticket({ by: cora });
    await api.given.message(cora, id, { body: 'It was the cable.' });
    await api.given.message(ben, id, { body: 'Good to hear.' });
    expectStatus(204, await leave(cora));
    expectStatus(204, await admin.delete(`/api/users/${ben.id}`));
    const ticket = expectStatus(200, await admin.get(`/api/tickets/${id}`)).body;
    expect(ticket.requester).toMatchObject({ id: cora.id, name: 'Former customer', role: 'customer', online: false });
    const { body: messages } = await admin.get(`/api/tickets/${id}/messages`);
    expect(messages.map(({ body, author }: { body: string; author: { name: string } }) => [author.name, body])).toEqual(
      [
        ['Former customer', 'It was the cable.'],
        ['Former colleague', 'Good to hear.'],
      ],
    );
    const everything = JSON.stringify([ticket, messages, (await admin.get(`/api/tickets/${id}/events`)).body]);
    for (const { account } of [cora, ben]) {
      expect(everything).not.toContain(account.name);
      expect(everything).not.toContain(account.email);
    }
  });

  it('takes the person out of every list, and mails with the address', async () => {
    const [cora, admin] = [await api.given.customer(), await api.given.admin()];
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email: cora.account.email }));
    expect(await mailsTo(cora.account.email)).toHaveLength(1);
    expectStatus(204, await admin.delete(`/api/users/${cora.id}`));
    expect((await admin.get(`/api/users?q=${cora.account.email}`)).body).toEqual([]);
    expect(await mailsTo(cora.account.email)).toEqual([]);
    const tables = ['users', 'sign_ins', 'one_time_tokens', 'mails', 'audit_entries'];
    for (const table of tables)
      expect(JSON.stringify(await api.rows(`SELECT * FROM ${table}`))).not.toContain(cora.account.email);
  });

  it('takes along what was the person’s alone: drafts, notices, views, devices, kept answers', async () => {
    const [ben, cora, admin] = [await api.given.agent(), await api.given.customer(), await api.given.admin()];
    const { id } = await api.given.ticket({ by: cora });
    expectStatus(200, await admin.put(`/api/tickets/${id}/assignee`, { agentId: ben.id }));
    const draft = { body: 'Dear', clientMsgId: newId(), attachmentIds: [], baseSeq: 0 };
    expectStatus(200, await ben.put(`/api/tickets/${id}/drafts/chat`, draft));
    const view = { filter: { status: ['open'] }, sort: '-createdAt' };
    expectStatus(201, await ben.post('/api/views', { ...view, name: 'Mine', shared: false }));
    expectStatus(201, await ben.post('/api/views', { ...view, name: `Ours ${newId()}`, shared: true }));
    const key = { 'idempotency-key': newId() };
    expectStatus(201, await ben.post('/api/tickets', { subject: 'Help', description: 'Please.' }, key));
    const left = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        await Promise.all(
          ['drafts', 'notifications', 'ticket_views', 'sign_ins', 'idempotency_keys', 'one_time_tokens'].map(
            async (table) => [table, (await api.rows(`SELECT * FROM ${table} WHERE userId = ?`, [ben.id])).length],
          ),
        ),
      ) as Promise<Record<string, number>>;
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email: ben.account.email }));
    const before = await left();
    expect(before).toEqual({
      drafts: 1,
      notifications: 1,
      ticket_views: 2,
      sign_ins: 1,
      idempotency_keys: 1,
      one_time_tokens: 1,
    });
    expectStatus(204, await admin.delete(`/api/users/${ben.id}`));
    const nothing = Object.fromEntries(Object.keys(before).map((table) => [table, 0]));
    expect(await left()).toEqual({ ...nothing, ticket_views: 1 });
  });

  it('is for good', async () => {
    const [cora, admin] = [await api.given.customer(), await api.given.admin()];
    expectStatus(204, await admin.delete(`/api/users/${cora.id}`));
    for (const change of [{ active: true }, { name: 'Cora' }, { role: 'agent' }])
      expect(await admin.patch(`/api/users/${cora.id}`, change)).toMatchObject(problem(404, 'not-found'));
    expect(await admin.delete(`/api/users/${cora.id}`)).toMatchObject(problem(404, 'not-found'));
  });

  it('needs the password, and an admin for others', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    expect(await leave(cora, 'not the password')).toMatchObject(problem(403, 'wrong-password'));
    expect(await cora.delete('/api/me')).toMatchObject(problem(400, 'validation-failed'));
    for (const person of [cora, agent])
      expect(await person.delete(`/api/users/${cora.id}`)).toMatchObject(problem(403, 'forbidden'));
    expect((await cora.get('/api/me')).status).toBe(200);
  });

  it('is audited without the address', async () => {
    const [cora, admin] = [await api.given.customer(), await api.given.admin()];
    expectStatus(204, await admin.delete(`/api/users/${cora.id}`));
    const entries = await api.rows(`SELECT actorId, data FROM audit_entries WHERE objectId = ? AND action = ?`, [
      cora.id,
      'user.deleted',
    ]);
    expect(entries).toEqual([{ actorId: admin.id, data: '{"role":"customer"}' }]);
  });

  it('is refused to the last admin', async () => {
    const admin = await api.given.admin();
    const { body: admins } = await admin.get('/api/users?role=admin&active=true&limit=100');
    for (const { id } of admins as { id: string }[])
      if (id !== admin.id) expectStatus(204, await admin.delete(`/api/users/${id}`));
    expect(await leave(admin)).toMatchObject(problem(409, 'last-admin'));
    expect(await admin.delete(`/api/users/${admin.id}`)).toMatchObject(problem(409, 'last-admin'));
    const other = await api.given.admin();
    const answers = await Promise.all([leave(admin), other.delete(`/api/users/${admin.id}`), leave(other)]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });
});

describe('where addresses have to be confirmed', () => {
  const strict = testApi({ env: { PUBLIC_URL, EMAIL_CONFIRMATION: 'required' } });
  const strictBox = mailbox(strict, PUBLIC_URL);

  it('a new customer gets a link, and can ask for another one', async () => {
    const email = newEmail();
    const account = { email, password: PASSWORD, name: 'Buy cheap pills' };
    expectStatus(201, await strict.anyone.post('/api/auth/register', account));
    const { accessToken } = expectStatus(200, await strict.login(email)).body;
    const bearer = { authorization: `Bearer ${accessToken}` };
    expect((await strict.anyone.get('/api/me', bearer)).body.emailConfirmed).toBe(false);
    const first = await strictBox.tokenFor(email, 'confirm-email');
    expectStatus(202, await strict.anyone.post('/api/me/email', { email, password: PASSWORD }, bearer));
    const second = await strictBox.tokenFor(email, 'confirm-email');
    expect((await strict.anyone.post('/api/auth/email/confirm', { token: first })).status).toBe(400);
    expect((await strict.anyone.post('/api/auth/email/confirm', { token: second })).status).toBe(204);
    expect((await strict.anyone.get('/api/me', bearer)).body.emailConfirmed).toBe(true);
    expect(JSON.stringify(await strictBox.mailsTo(email))).not.toContain('pills');
  });

  describe('the link', () => {
    let email: string;
    let bearer: { authorization: string };
    const again = (): Promise<Answer> => strict.anyone.post('/api/me/email/confirmation', undefined, bearer);

    beforeEach(async () => {
      email = newEmail();
      expectStatus(201, await strict.anyone.post('/api/auth/register', { email, password: PASSWORD }));
      bearer = { authorization: `Bearer ${expectStatus(200, await strict.login(email)).body.accessToken}` };
    });

    it('is sent again without a password, at the earliest after a minute; the older one is worthless', async () => {
      const first = await strictBox.tokenFor(email, 'confirm-email');
      const refused = await again();
      expect(refused).toMatchObject(problem(429, 'rate-limited'));
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
      strict.clock.forward(MINUTE);
      expectStatus(202, await again());
      expect((await strict.anyone.post('/api/auth/email/confirm', { token: first })).status).toBe(400);
      const second = await strictBox.tokenFor(email, 'confirm-email');
      expect((await strict.anyone.post('/api/auth/email/confirm', { token: second })).status).toBe(204);
    });

    it('is not sent any more to whoever has followed it, on whatever device', async () => {
      expect((await strict.anyone.get('/api/me', bearer)).body.confirmationPending).toBe(true);
      const token = await strictBox.tokenFor(email, 'confirm-email');
      expectStatus(204, await strict.anyone.post('/api/auth/email/confirm', { token }));
      expect((await strict.anyone.get('/api/me', bearer)).body.confirmationPending).toBe(false);
      strict.clock.forward(MINUTE);
      expectStatus(202, await again());
      expect(await strictBox.mailsTo(email)).toHaveLength(1);
    });
  });

  it('those who accept an invitation have shown that the address is theirs', async () => {
    const admin = await strict.given.admin();
    const email = newEmail();
    expectStatus(201, await admin.post('/api/users', { email, name: 'Ines', role: 'agent' }));
    const token = await strictBox.tokenFor(email, 'invite');
    expectStatus(204, await strict.anyone.post('/api/auth/invitation/accept', { token, password: PASSWORD }));
    const { accessToken } = expectStatus(200, await strict.login(email)).body;
    const { body } = await strict.anyone.get('/api/me', { authorization: `Bearer ${accessToken}` });
    expect(body).toMatchObject({ emailConfirmed: true, confirmationPending: false });
  });

  it('a new customer waits for nothing where they need not be', async () => {
    const email = newEmail();
    expectStatus(201, await api.anyone.post('/api/auth/register', { email, password: PASSWORD }));
    expect(await mailsTo(email)).toEqual([]);
    const { accessToken } = expectStatus(200, await api.login(email)).body;
    const { body } = await api.anyone.get('/api/me', { authorization: `Bearer ${accessToken}` });
    expect(body).toMatchObject({ emailConfirmed: false, confirmationPending: false });
  });
});
