import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();
const newEmail = (): string => `ines-${newId()}@example.com`;
const idsOf = ({ body }: Answer): string[] => (body as { id: string }[]).map(({ id }) => id);

describe('people', () => {
  it('are read by staff, with their addresses, and not by customers', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const found = await agent.get(`/api/users?q=${encodeURIComponent(cora.account.email)}`);
    expect(found.body).toEqual([
      {
        id: cora.id,
        email: cora.account.email,
        name: cora.account.name,
        role: 'customer',
        active: true,
        invited: false,
        online: false,
        createdAt: expect.any(String),
        invitedAt: null,
        lastSeenAt: expect.any(String),
        lastAdmin: false,
      },
    ]);
    expect(await cora.get('/api/users')).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.get(`/api/users?q=${cora.account.email}`)).toMatchObject(problem(403, 'forbidden'));
  });

  it('are found by a part of name or address, by role and by being active', async () => {
    const word = `Quill${newId().slice(-12)}`;
    const [admin, agent, cora] = [
      await api.given.admin({ name: `Ada ${word}` }),
      await api.given.agent({ name: `Ben ${word}` }),
      await api.given.customer({ email: `${word.toLowerCase()}@example.com` }),
    ];
    expectStatus(200, await admin.patch(`/api/users/${agent.id}`, { active: false }));
    const found = async (query: string) => idsOf(await admin.get(`/api/users?q=${word}${query}`)).sort();
    expect(await found('')).toEqual([admin.id, agent.id, cora.id].sort());
    expect(await found('&role=agent')).toEqual([agent.id]);
    expect(await found('&role=agent,admin')).toEqual([admin.id, agent.id].sort());
    expect(await found('&active=true')).toEqual([admin.id, cora.id].sort());
    expect(await found('&active=false')).toEqual([agent.id]);
    expect(idsOf(await admin.get('/api/users?q=%25'))).toEqual([]);
    expect(idsOf(await admin.get('/api/users?q=_'))).toEqual([]);
  });

  it('are listed by name, page by page', async () => {
    const word = newId().slice(-12);
    const admin = await api.given.admin();
    for (const letter of ['c', 'a', 'b', 'a']) await api.given.customer({ name: `${letter} ${word}` });
    const seen: string[] = [];
    for (let next: string | undefined = `/api/users?q=${word}&limit=1`; next;) {
      const answer: Answer = expectStatus(200, await admin.get(next));
      seen.push(...answer.body.map(({ name }: { name: string }) => name[0]));
      next = /^<([^>]+)>/.exec(answer.headers.link ?? '')?.[1];
    }
    expect(seen).toEqual(['a', 'a', 'b', 'c']);
  });

  it.each([
    'role=boss',
    'active=maybe',
    'limit=0',
    'limit=101',
    'cursor=x',
    `q=${'x'.repeat(101)}`,
    'email=a',
    'passwordHash=x',
  ])('are not asked for with %s', async (query) => {
    const admin = await api.given.admin();
    expect(await admin.get(`/api/users?${query}`)).toMatchObject(invalid(query.split('=')[0]));
  });

  it('are written by admins only', async () => {
    const [agent, admin] = [await api.given.agent(), await api.given.admin()];
    for (const change of [{ role: 'admin' }, { active: false }, { name: 'Boss' }]) {
      expect(await agent.patch(`/api/users/${agent.id}`, change)).toMatchObject(problem(403, 'forbidden'));
      expect(await agent.patch(`/api/users/${admin.id}`, change)).toMatchObject(problem(403, 'forbidden'));
    }
    expect(await agent.post('/api/users', { email: newEmail(), name: 'Ines', role: 'agent' })).toMatchObject(
      problem(403, 'forbidden'),
    );
    expect(await agent.get('/api/mails')).toMatchObject(problem(403, 'forbidden'));
  });

  it.each([
    ['email', 'nobody'],
    ['email', undefined],
    ['name', ' '],
    ['name', 'x'.repeat(101)],
    ['name', undefined],
    ['name', ['Ines']],
    ['role', 'boss'],
    ['role', undefined],
    ['password', 'secret password'],
    ['active', true],
  ])('are not invited with %s: %j', async (field, value) => {
    const admin = await api.given.admin();
    const person = { email: newEmail(), name: 'Ines', role: 'agent', [field]: value };
    expect(await admin.post('/api/users', person)).toMatchObject(invalid(field));
  });

  it('are invited once for an address, and with no header of a mail', async () => {
    const admin = await api.given.admin();
    const email = newEmail();
    const name = 'Ines\r\nBcc: x@evil.test';
    const answer = await admin.post('/api/users', { email, name, role: 'agent' });
    expect([201, 400]).toContain(answer.status);
    if (answer.status === 201)
      expect(await admin.post('/api/users', { email: email.toUpperCase(), name: 'I', role: 'customer' })).toMatchObject(
        problem(409, 'email-taken'),
      );
    const { body: mails } = await admin.get('/api/mails?limit=100');
    expect(mails.filter(({ to }: { to: string }) => to.includes('evil'))).toEqual([]);
    expect(mails.every(({ subject }: { subject: string }) => !/[\r\n]/.test(subject))).toBe(true);
  });

  it('change their rights at once', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    const { id } = await api.given.ticket();
    expect((await cora.get(`/api/tickets/${id}`)).status).toBe(403);
    expect(await admin.patch(`/api/users/${cora.id}`, { role: 'agent', name: ' Cora Lee ' })).toMatchObject({
      status: 200,
      body: { role: 'agent', name: 'Cora Lee' },
    });
    const today = await api.device(cora.account);
    expect((await today.get(`/api/tickets/${id}`)).status).toBe(200);
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { role: 'customer' }));
    for (const device of [today, cora]) expect([401, 403]).toContain((await device.get(`/api/tickets/${id}`)).status);
  });

  it.each([
    ['role', 'boss'],
    ['active', 'no'],
    ['name', ''],
    ['email', 'new@example.com'],
    ['password', 'x'],
    ['id', newId()],
  ])('do not change %s to %j', async (field, value) => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    expect(await admin.patch(`/api/users/${cora.id}`, { [field]: value })).toMatchObject(invalid(field));
    expect(await admin.patch(`/api/users/${newId()}`, { name: 'x' })).toMatchObject(problem(404, 'not-found'));
    expect((await admin.patch('/api/users/nonsense', { name: 'x' })).status).toBe(400);
  });
});

describe('the last admin', () => {
  /** All other admins of this file step down. */
  async function alone(): Promise<Person> {
    const admin = await api.given.admin();
    const { body: admins } = await admin.get('/api/users?role=admin&active=true&limit=100');
    for (const { id } of admins as { id: string }[])
      if (id !== admin.id) expectStatus(200, await admin.patch(`/api/users/${id}`, { role: 'agent' }));
    return admin;
  }

  it('stays, and stays active', async () => {
    const admin = await alone();
    for (const change of [{ role: 'agent' }, { role: 'customer' }, { active: false }])
      expect(await admin.patch(`/api/users/${admin.id}`, change)).toMatchObject(problem(409, 'last-admin'));
    expectStatus(201, await admin.post('/api/users', { email: newEmail(), name: 'Invited', role: 'admin' }));
    expect(await admin.patch(`/api/users/${admin.id}`, { role: 'agent' })).toMatchObject(problem(409, 'last-admin'));
    expect((await admin.get('/api/me')).body.role).toBe('admin');
  });

  it('is told apart in the list, as long as there is no other who can sign in', async () => {
    const admin = await alone();
    const last = async (): Promise<string[]> => {
      const { body } = expectStatus(200, await admin.get('/api/users?role=admin,agent&limit=100'));
      return (body as { id: string; lastAdmin: boolean }[]).filter((user) => user.lastAdmin).map(({ id }) => id);
    };
    expectStatus(201, await admin.post('/api/users', { email: newEmail(), name: 'Invited', role: 'admin' }));
    expect(await last()).toEqual([admin.id]);
    const second = await api.given.admin();
    expect(await last()).toEqual([]);
    const { body } = expectStatus(200, await second.patch(`/api/users/${second.id}`, { role: 'agent' }));
    expect(body.lastAdmin).toBe(false);
    expect(await last()).toEqual([admin.id]);
  });

  it('remains when admins demote each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await alone(), await api.given.admin()];
      const answers = await Promise.all([
        one.patch(`/api/users/${two.id}`, { role: 'agent' }),
        two.patch(`/api/users/${one.id}`, { active: false }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const [{ active }] = await api.rows(
        `SELECT COUNT(*) AS active FROM users WHERE role = 'admin' AND active = 1 AND passwordHash IS NOT NULL`,
      );
      expect(Number(active)).toBe(1);
      await api.given.admin();
    }
  });
});

describe('categories', () => {
  it('are five in a fresh installation', async () => {
    const { body } = await (await api.given.customer()).get('/api/categories');
    const names = body.map(({ name }: { name: string }) => name);
    expect(names.slice(0, 5)).toEqual(['Billing', 'Technical', 'General', 'Account', 'Other']);
    expect(Object.keys(body[0]).sort()).toEqual(['archived', 'hint', 'id', 'name']);
  });

  it('are added, renamed, archived and removed by admins', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    const name = `Hardware ${newId()}`;
    const { body: made } = expectStatus(
      201,
      await admin.post('/api/categories', { name: ` ${name} `, hint: 'Printers' }),
    );
    expect(made).toMatchObject({ name, hint: 'Printers', archived: false });
    const path = `/api/categories/${made.id}`;
    const { id } = await api.given.ticket({ by: cora, categoryId: made.id });
    expect(await admin.delete(path)).toMatchObject(problem(409, 'in-use'));
    const renamed = await admin.patch(path, { name: `${name}!`, hint: '' });
    expect(renamed.body).toMatchObject({ name: `${name}!`, hint: null });
    expect((await cora.get(`/api/tickets/${id}`)).body.category.name).toBe(`${name}!`);
    expectStatus(200, await admin.patch(path, { archived: true }));
    expect(idsOf(await cora.get('/api/categories'))).not.toContain(made.id);
    expect(idsOf(await admin.get('/api/categories?archived=true'))).toContain(made.id);
    expect(await cora.get('/api/categories?archived=true')).toMatchObject(problem(403, 'forbidden'));
    expect((await cora.get(`/api/tickets/${id}`)).body.category.name).toBe(`${name}!`);
    expectStatus(200, await cora.patch(`/api/tickets/${id}`, { categoryId: made.id, subject: 'Same shelf' }));
    expectStatus(200, await cora.patch(`/api/tickets/${id}`, { categoryId: null }));
    expectStatus(204, await admin.delete(path));
    expect(await admin.delete(path)).toMatchObject(problem(404, 'not-found'));
  });

  it('stand in the order that an admin gave them, for customers too', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    const before = idsOf(await admin.get('/api/categories?archived=true'));
    const ids = before.toReversed();
    expect(idsOf(expectStatus(200, await admin.put('/api/categories/order', { ids })))).toEqual(ids);
    const offered = idsOf(await cora.get('/api/categories'));
    expect(offered).toEqual(ids.filter((id) => offered.includes(id)));
    const ordered = async (): Promise<unknown[]> =>
      (await admin.get(`/api/audit?action=category.changed&actor=${admin.id}`)).body.map(
        ({ data }: { data: { change: string } }) => data.change,
      );
    expect(await ordered()).toEqual(['ordered']);
    expectStatus(200, await admin.put('/api/categories/order', { ids }));
    expect(await ordered()).toEqual(['ordered']);
    expectStatus(200, await admin.put('/api/categories/order', { ids: before }));
  });

  it('are ordered only by whoever knows all of them', async () => {
    const admin = await api.given.admin();
    const ids = idsOf(await admin.get('/api/categories?archived=true'));
    expectStatus(201, await admin.post('/api/categories', { name: `Late ${newId()}` }));
    expect(await admin.put('/api/categories/order', { ids })).toMatchObject(problem(409, 'order-outdated'));
    expect(await admin.put('/api/categories/order', { ids: [...ids, newId()] })).toMatchObject(
      problem(409, 'order-outdated'),
    );
    for (const wrong of [[ids[0], ids[0]], ['x'], 'x', undefined])
      expect(await admin.put('/api/categories/order', { ids: wrong })).toMatchObject(invalid('ids'));
  });

  it('have one of two orders when two admins order them at once', async () => {
    const [one, two] = [await api.given.admin(), await api.given.admin()];
    const ids = idsOf(await one.get('/api/categories?archived=true'));
    const orders = [ids.toReversed(), [...ids.slice(1), ids[0]]];
    const answers = await Promise.all([
      one.put('/api/categories/order', { ids: orders[0] }),
      two.put('/api/categories/order', { ids: orders[1] }),
    ]);
    for (const answer of answers) expectStatus(200, answer);
    expect(orders).toContainEqual(idsOf(await one.get('/api/categories?archived=true')));
  });

  it('tell admins how many tickets use them, deleted ones too', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    const { body: made } = expectStatus(201, await admin.post('/api/categories', { name: `Counted ${newId()}` }));
    const uses = async (): Promise<unknown> =>
      (await admin.get('/api/categories/uses')).body.find(({ id }: { id: string }) => id === made.id);
    expect(await uses()).toBeUndefined();
    await api.given.ticket({ by: cora, categoryId: made.id });
    const { id } = await api.given.ticket({ by: cora, categoryId: made.id });
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    expect(await uses()).toEqual({ id: made.id, uses: 2 });
  });

  it('have a name of their own, however it is spelled', async () => {
    const admin = await api.given.admin();
    const name = `Shelf ${newId()}`;
    const { body: made } = expectStatus(201, await admin.post('/api/categories', { name }));
    const { body: other } = expectStatus(201, await admin.post('/api/categories', { name: `${name} 2` }));
    for (const taken of [name, name.toUpperCase(), ` ${name} `]) {
      expect(await admin.post('/api/categories', { name: taken })).toMatchObject(problem(409, 'name-taken'));
      expect(await admin.patch(`/api/categories/${other.id}`, { name: taken })).toMatchObject(
        problem(409, 'name-taken'),
      );
    }
    expectStatus(200, await admin.patch(`/api/categories/${made.id}`, { name: name.toUpperCase() }));
  });

  it.each([
    ['name', ''],
    ['name', 'x'.repeat(101)],
    ['name', 5],
    ['hint', 'x'.repeat(201)],
    ['archived', 'yes'],
    ['position', 1],
  ])('do not take %s: %j', async (field, value) => {
    const [admin, agent] = [await api.given.admin(), await api.given.agent()];
    const { body } = await admin.get('/api/categories');
    expect(await admin.patch(`/api/categories/${body[0].id}`, { [field]: value })).toMatchObject(invalid(field));
    expect(await agent.patch(`/api/categories/${body[0].id}`, { name: 'x' })).toMatchObject(problem(403, 'forbidden'));
    expect(await agent.post('/api/categories', { name: 'x' })).toMatchObject(problem(403, 'forbidden'));
    expect(await agent.delete(`/api/categories/${body[0].id}`)).toMatchObject(problem(403, 'forbidden'));
  });
});

describe('mails', () => {
  it('are kept for admins to read when none can be sent', async () => {
    const admin = await api.given.admin();
    const emails = [newEmail(), newEmail()];
    for (const email of emails)
      expectStatus(201, await admin.post('/api/users', { email, name: '<b>Ines</b>', role: 'agent' }));
    const first = await admin.get('/api/mails?limit=1');
    expect(first.body).toEqual([
      {
        id: expect.any(String),
        to: emails[1],
        subject: 'You are invited to Parley',
        text: expect.stringContaining('<b>Ines</b>'),
        html: expect.stringContaining('&lt;b&gt;Ines&lt;/b&gt;'),
        createdAt: expect.any(String),
        attempts: 0,
        lastError: null,
        sentAt: null,
        status: 'kept',
      },
    ]);
    const next = /^<([^>]+)>/.exec(first.headers.link ?? '')?.[1] ?? '';
    expect((await admin.get(next)).body).toMatchObject([{ to: emails[0] }]);
  });
});
