import { AuditLog, AuditSealer, AuditVerifier, type AuditVerdict } from '../src/audit';
import { newId } from '../src/common';
import { UnitOfWork } from '../src/database';
import { DataSource } from 'typeorm';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { MINUTE } from './support/moved-clock';
import { Sockets } from './sockets/support/device';
import { until } from './support/until';

const api = testApi();
const actionsOf = ({ body }: Answer): string[] => (body as { action: string }[]).map(({ action }) => action);

/** A person about whom the log tells two things. */
async function renamedTwice(admin: Person): Promise<Person> {
  const cora = await api.given.customer();
  expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { role: 'agent' }));
  expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active: false }));
  return cora;
}

describe('the audit log', () => {
  it('is read by admins, the newest first, with who did what to what', async () => {
    const admin = await api.given.admin();
    const cora = await renamedTwice(admin);
    const answer = expectStatus(200, await admin.get(`/api/audit?object=user:${cora.id}`));
    expect(actionsOf(answer)).toEqual(['user.disabled', 'user.role-changed', 'user.created']);
    expect(answer.body[1]).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor: { id: admin.id, name: admin.account.name, role: 'admin', online: false },
      address: expect.stringContaining('127.0.0.1'),
      action: 'user.role-changed',
      object: { type: 'user', id: cora.id, name: cora.account.name, ticketId: null },
      data: { from: 'customer', to: 'agent' },
      names: {},
    });
    for (const person of [await api.given.agent(), await api.given.customer()])
      for (const path of ['/api/audit', '/api/audit/export'])
        expect(await person.get(path)).toMatchObject(problem(403, 'forbidden'));
  });

  it('says what things are called today, and nothing of those who are gone', async () => {
    const [admin, ben] = [await api.given.admin(), await api.given.agent({ name: `Ben ${newId()}` })];
    const { id } = await api.given.ticket({ subject: 'The printer is on fire' });
    expectStatus(200, await admin.put(`/api/tickets/${id}/assignee`, { agentId: ben.id }));
    const message = await api.given.message(ben, id);
    expectStatus(200, await ben.patch(`/api/tickets/${id}/messages/${message.id}`, { body: 'Another text' }));
    expectStatus(200, await ben.delete(`/api/tickets/${id}/messages/${message.id}`));
    const about = async (object: string): Promise<Record<string, unknown>[]> =>
      expectStatus(200, await admin.get(`/api/audit?object=${object}`)).body;
    const named = { name: 'The printer is on fire', ticketId: id };
    const [assigned] = await about(`ticket:${id}`);
    expect(assigned).toMatchObject({
      object: { type: 'ticket', id: String(id), ...named },
      data: { from: null, to: ben.id },
      names: { [ben.id]: ben.account.name },
    });
    const entries = await about(`message:${message.id}`);
    expect(entries).toMatchObject([
      { action: 'message.removed', object: { type: 'message', id: message.id, ...named } },
      { action: 'message.edited', object: { type: 'message', id: message.id, ...named } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Another text');
    expectStatus(204, await admin.delete(`/api/users/${ben.id}`));
    expect((await about(`ticket:${id}`)).at(-1)).toMatchObject({ names: { [ben.id]: 'Former colleague' } });
    expect(JSON.stringify(await about(`user:${ben.id}`))).not.toContain(ben.account.name);
  });

  it('can be read after people were taken out of the database', async () => {
    const [admin, gone] = [await api.given.admin(), await api.given.admin()];
    const cora = await renamedTwice(gone);
    await api.rows('DELETE FROM sign_ins WHERE userId = ?', [gone.id]);
    await api.rows('DELETE FROM users WHERE id = ?', [gone.id]);
    const [entry] = expectStatus(200, await admin.get(`/api/audit?object=user:${cora.id}`)).body;
    expect(entry.actor).toMatchObject({ id: gone.id, name: 'Somebody who is gone' });
  });

  it('is filtered by action, person, thing and time', async () => {
    const admin = await api.given.admin();
    const before = api.clock.now().toISOString();
    const cora = await renamedTwice(admin);
    const after = new Date(api.clock.now().getTime() + 1).toISOString();
    api.clock.forward(MINUTE);
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active: true }));
    const found = async (query: string): Promise<string[]> => actionsOf(await admin.get(`/api/audit?${query}`));
    expect(await found(`object=user:${cora.id}&action=user.disabled,user.enabled`)).toEqual([
      'user.enabled',
      'user.disabled',
    ]);
    expect(await found(`actor=${admin.id}&action=user.enabled`)).toEqual(['user.enabled']);
    expect(await found(`actor=${admin.id}&from=${before}&to=${after}`)).toEqual(['user.disabled', 'user.role-changed']);
    expect(await found(`object=user:${newId()}`)).toEqual([]);
    expect(await found(`object=category&actor=${admin.id}`)).toEqual([]);
  });

  it('comes in one order when several actions are asked for, page by page', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    for (const active of [false, true, false, true]) {
      // Two in the same millisecond are told apart, too.
      expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active, role: active ? 'agent' : 'customer' }));
      if (!active) api.clock.forward(MINUTE);
    }
    const actions = 'user.disabled,user.enabled,user.role-changed,user.deleted';
    const path = `/api/audit?actor=${admin.id}&action=${actions}&object=user:${cora.id}`;
    const whole = expectStatus(200, await admin.get(path)).body as { id: string; at: string }[];
    expect(whole).toHaveLength(7);
    const sorted = whole.toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
    expect(whole).toEqual(sorted);
    const paged: unknown[] = [];
    for (let next: string | undefined = `${path}&limit=2`; next;) {
      const answer = expectStatus(200, await admin.get(next));
      paged.push(...(answer.body as unknown[]));
      next = /<([^>]+)>/.exec(answer.headers.link ?? '')?.[1];
    }
    expect(paged).toEqual(whole);
  });

  it('comes page by page, each entry once, while others are added', async () => {
    const admin = await api.given.admin();
    for (let count = 0; count < 6; count += 1) await renamedTwice(admin);
    const seen: string[] = [];
    for (let next: string | undefined = `/api/audit?actor=${admin.id}&limit=5`; next;) {
      const answer: Answer = expectStatus(200, await admin.get(next));
      seen.push(...answer.body.map(({ id }: { id: string }) => id));
      next = /^<([^>]+)>/.exec(answer.headers.link ?? '')?.[1];
      await renamedTwice(admin);
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });

  it.each([
    'action=nonsense',
    'actor=me',
    'object=house:1',
    'object=user:..',
    'from=yesterday',
    'limit=101',
    'cursor=x',
  ])('is not asked for with %s', async (query) => {
    const admin = await api.given.admin();
    expect(await admin.get(`/api/audit?${query}`)).toMatchObject(invalid(query.split('=')[0]));
  });

  it.each(['patch', 'put', 'post', 'delete'] as const)('has no way to %s an entry', async (method) => {
    const admin = await api.given.admin();
    const { body } = await admin.get('/api/audit?limit=1');
    for (const path of ['/api/audit', `/api/audit/${body[0].id}`])
      expect((await admin[method](path, {})).status).toBe(404);
  });
});

describe('taking the audit log away', () => {
  it('as CSV gives every entry of the filter on its line, without formulas', async () => {
    const admin = await api.given.admin({ name: '=HYPERLINK("http://evil.test")' });
    const cora = await renamedTwice(admin);
    const answer = expectStatus(200, await admin.get(`/api/audit/export?format=csv&object=user:${cora.id}`));
    expect(answer.type).toBe('text/csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="audit-log.csv"');
    const lines = (answer.body as string).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
    expect(lines[1]).toContain(`user.disabled,user,${cora.id}`);
  });

  it('as JSON gives the entries as the list does, more than are read at once', async () => {
    const admin = await api.given.admin();
    await api.part(UnitOfWork).run(async (tx) => {
      for (let count = 0; count < 620; count += 1)
        await api.part(AuditLog).record(tx, { action: 'category.changed', actorId: admin.id, data: { count } });
    });
    const { body } = expectStatus(200, await admin.get(`/api/audit/export?format=json&actor=${admin.id}`));
    expect(new Set(body.map(({ data }: { data: { count: number } }) => data.count)).size).toBe(620);
    const list = await admin.get(`/api/audit?actor=${admin.id}&action=category.changed&limit=100`);
    expect(body.slice(0, 100)).toEqual(list.body);
    expect((await admin.get(`/api/audit/export?format=json&object=user:${newId()}`)).body).toEqual([]);
  });

  it('is itself an entry, and not possible in any other form', async () => {
    const admin = await api.given.admin();
    expectStatus(200, await admin.get('/api/audit/export?action=token.reused'));
    const { body } = await admin.get(`/api/audit?actor=${admin.id}`);
    expect(body).toMatchObject([
      {
        action: 'export.made',
        object: null,
        data: { of: 'audit', format: 'csv', filter: { action: ['token.reused'] } },
      },
    ]);
    expect(await admin.get('/api/audit/export?format=xml')).toMatchObject(invalid('format'));
  });
});

describe('what was refused', () => {
  const sockets = new Sockets(api);
  afterEach(() => sockets.closeAll());

  const denials = async (actorId: string): Promise<unknown[]> =>
    (
      await api.rows(
        `SELECT objectType, objectId, data FROM audit_entries WHERE action = 'access.denied' AND actorId = ?`,
        [actorId],
      )
    ).map(({ objectType, objectId, data }) => [objectType, objectId, JSON.parse(String(data))]);

  it('is written down: a route, and the thing it was about', async () => {
    const [cora, { id }] = [await api.given.customer(), await api.given.ticket()];
    expect((await cora.delete(`/api/tickets/${id}`)).status).toBe(403);
    expect((await cora.get('/api/users')).status).toBe(403);
    await until('both are written', async () => (await denials(cora.id)).length === 2);
    expect(await denials(cora.id)).toEqual(
      expect.arrayContaining([
        ['ticket', String(id), { code: 'forbidden', route: 'DELETE /api/tickets/:ticketId' }],
        [null, null, { code: 'forbidden', route: 'GET /api/users' }],
      ]),
    );
  });

  it('is written down when a socket asked', async () => {
    const [cora, { id }] = [await api.given.customer(), await api.given.ticket()];
    const socket = await sockets.connect(cora);
    expect(await socket.ask('ticket:subscribe', { ticketId: id, after: 0 })).toMatchObject({ ok: false });
    await until('it is written', async () => (await denials(cora.id)).length);
    expect(await denials(cora.id)).toEqual([['ticket', String(id), { code: 'forbidden', event: 'ticket:subscribe' }]]);
  });

  it('is written down when somebody made up a token, but not when one is missing', async () => {
    const forged = async (): Promise<number> =>
      (await api.rows(`SELECT id FROM audit_entries WHERE action = 'access.denied' AND data LIKE '%forged%'`)).length;
    const cora = await api.given.customer();
    await api.anyone.get('/api/me');
    expect(await forged()).toBe(0);
    const [header, payload, signature] = cora.signIn.accessToken.split('.');
    const altered = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect((await api.anyone.get('/api/me', { authorization: `Bearer ${altered}` })).status).toBe(401);
    await until('it is written', forged);
  });

  it('does not fill the log', async () => {
    const cora = await api.given.customer();
    for (let count = 0; count < 50; count += 1) await cora.get('/api/users');
    await until('some are written', async () => (await denials(cora.id)).length === 30);
    expect(await denials(cora.id)).toHaveLength(30);
  });
});

describe('the seals of the audit log', () => {
  const sealed = testApi();
  const seal = (): Promise<number> => sealed.part(AuditSealer).run();
  const verify = (): Promise<AuditVerdict> => sealed.part(AuditVerifier).verify();
  const change = (sql: string, values: unknown[] = []): Promise<unknown> => sealed.part(DataSource).query(sql, values);
  const entryAt = async (position: number): Promise<string> =>
    String((await sealed.rows('SELECT entryId FROM audit_seals WHERE position = ?', [position]))[0].entryId);

  beforeAll(async () => {
    for (let count = 0; count < 12; count += 1) await sealed.given.customer();
    await seal();
  });

  it('cover every entry, in one chain without gaps', async () => {
    const { head, damage, unsealed } = await verify();
    expect(head.position).toBeGreaterThanOrEqual(12);
    expect({ damage, unsealed }).toEqual({ damage: null, unsealed: { count: 0, ids: [] } });
  });

  it('are added within ten seconds by themselves; until then entries are named as not sealed', async () => {
    await sealed.given.customer();
    const { unsealed } = await verify();
    expect(unsealed.count).toBeLessThanOrEqual(1);
    await until('the entry is sealed', async () => (await verify()).unsealed.count === 0, 10_000);
  });

  it('are added once when several sealers run at the same time', async () => {
    for (let count = 0; count < 5; count += 1) await sealed.given.customer();
    await Promise.all([seal(), seal(), seal()]);
    await until('all is sealed', async () => (await seal(), (await verify()).unsealed.count === 0));
    expect((await verify()).damage).toBeNull();
  });

  it.each([
    ['data', `'{"role":"admin"}'`],
    ['action', `'user.enabled'`],
    ['actorId', `'somebody else'`],
    ['address', `'192.0.2.1'`],
    ['at', `'2020-01-01 00:00:00.000'`],
    ['objectId', `'another'`],
    ['sealedIn', '3'],
  ])('show which entry was changed first: its %s', async (column, value) => {
    const id = await entryAt(5);
    const [before] = await sealed.rows(`SELECT ${column} AS kept FROM audit_entries WHERE id = ?`, [id]);
    await change(`UPDATE audit_entries SET ${column} = ${value} WHERE id = ?`, [id]);
    expect((await verify()).damage).toEqual({ kind: 'changed', position: 5, entryId: id });
    await change(`UPDATE audit_entries SET ${column} = ? WHERE id = ?`, [before.kept, id]);
    expect((await verify()).damage).toBeNull();
  });

  it('show a changed chain, a removed entry, a removed seal, and an end that was cut off', async () => {
    const seals = await sealed.rows('SELECT position, entryId, hash, sealedAt FROM audit_seals WHERE position = 7');
    const [{ entryId, hash }] = seals;
    await change('UPDATE audit_seals SET hash = ? WHERE position = 7', ['0'.repeat(64)]);
    expect((await verify()).damage).toEqual({ kind: 'changed', position: 7, entryId });
    await change('UPDATE audit_seals SET hash = ? WHERE position = 7', [hash]);
    expect((await verify()).damage).toBeNull();

    const { head } = await verify();
    const lastId = await entryAt(head.position);
    await change('DELETE FROM audit_entries WHERE id = ?', [lastId]);
    expect((await verify()).damage).toEqual({ kind: 'removed', position: head.position, entryId: lastId });
    await change('DELETE FROM audit_seals WHERE position = ?', [head.position]);
    expect((await verify()).damage).toEqual({ kind: 'removed', position: head.position, entryId: null });
    await change('DELETE FROM audit_seals WHERE position = 7');
    expect((await verify()).damage).toEqual({ kind: 'removed', position: 7, entryId });
    expect((await verify()).unsealed).toEqual({ count: 1, ids: [entryId] });
  });
});
