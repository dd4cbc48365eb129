import { newId } from '../src/common';
import { expectStatus, invalid, testApi, type Person } from './support/api-client';
import { until } from './support/until';

const api = testApi();

describe('the tickets of staff who leave', () => {
  let admin: Person;
  let leaver: Person;
  let held: number[];

  beforeEach(async () => {
    [admin, leaver] = [await api.given.admin(), await api.given.agent()];
    held = [await heldBy(leaver), await heldBy(leaver), await heldBy(leaver)];
    expectStatus(200, await leaver.put(`/api/tickets/${held[1]}/status`, { status: 'resolved' }));
    expectStatus(200, await leaver.put(`/api/tickets/${held[2]}/status`, { status: 'closed' }));
  });

  async function heldBy(agent: Person): Promise<number> {
    const { id } = await api.given.ticket();
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    return id as number;
  }

  const assignees = (): Promise<(string | null)[]> =>
    Promise.all(
      held.map(async (id) => {
        const { assignee } = expectStatus(200, await admin.get(`/api/tickets/${id}`)).body;
        return (assignee?.id ?? null) as string | null;
      }),
    );
  const becomes = (expected: (string | null)[]): Promise<void> =>
    until(
      `the tickets go to ${JSON.stringify(expected)}`,
      async () => JSON.stringify(await assignees()) === JSON.stringify(expected),
    ).then(() => undefined);

  it('go into the queue when the person is switched off; a closed one keeps the name', async () => {
    expectStatus(200, await admin.patch(`/api/users/${leaver.id}`, { active: false }));
    await becomes([null, null, leaver.id]);
    const { body: ticket } = await admin.get(`/api/tickets/${held[0]}`);
    expect(ticket.status).toBe('in_progress');
    const { body: events } = await admin.get(`/api/tickets/${held[0]}/events`);
    expect(events.at(-1)).toMatchObject({
      type: 'assignee.changed',
      actor: { id: admin.id },
      data: { from: { id: leaver.id }, to: null },
    });
  });

  it('go to whom the admin names, who is told', async () => {
    const ben = await api.given.agent();
    expectStatus(200, await admin.patch(`/api/users/${leaver.id}`, { active: false, reassignTo: ben.id }));
    await becomes([ben.id, ben.id, leaver.id]);
    const { body: notices } = await ben.get('/api/notifications');
    expect(notices).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'ticket.assigned',
          ticketId: held[0],
          text: `${admin.account.name} assigned this ticket to you`,
        }),
      ]),
    );
    const entries = await api.rows('SELECT actorId, data FROM audit_entries WHERE objectId = ? AND action = ?', [
      String(held[0]),
      'ticket.assigned',
    ]);
    expect(entries.map(({ actorId, data }) => [actorId, JSON.parse(data as string)])).toContainEqual([
      admin.id,
      { from: leaver.id, to: ben.id },
    ]);
  });

  it('go on when the person is deleted, too', async () => {
    const ben = await api.given.agent();
    expectStatus(204, await admin.delete(`/api/users/${leaver.id}?reassignTo=${ben.id}`));
    await becomes([ben.id, ben.id, leaver.id]);
    expect(JSON.stringify((await admin.get(`/api/tickets/${held[2]}`)).body)).not.toContain(leaver.account.name);
  });

  it('go into the queue when the person leaves by themselves, or is a customer from now on', async () => {
    expectStatus(204, await leaver.delete('/api/me', { password: 'correct horse battery staple' }));
    await becomes([null, null, leaver.id]);
    const other = await api.given.agent();
    held = [await heldBy(other)];
    expectStatus(200, await admin.patch(`/api/users/${other.id}`, { role: 'customer' }));
    await becomes([null]);
  });

  it('stay with the person while only their name or kind of staff changes', async () => {
    expectStatus(200, await admin.patch(`/api/users/${leaver.id}`, { name: 'Another', role: 'admin' }));
    expect(await api.rows(`SELECT id FROM outbox WHERE kind = 'tickets.hand-over'`)).toEqual([]);
    expect(await assignees()).toEqual([leaver.id, leaver.id, leaver.id]);
  });

  it('go into the queue when the successor has left before it came to that', async () => {
    const ben = await api.given.agent();
    const both = await Promise.all([
      admin.patch(`/api/users/${leaver.id}`, { active: false, reassignTo: ben.id }),
      admin.patch(`/api/users/${ben.id}`, { active: false }),
    ]);
    const [first, second] = both.map(({ status }) => status);
    expect([200, 400]).toContain(first);
    expect(second).toBe(200);
    if (first === 400) expectStatus(200, await admin.patch(`/api/users/${leaver.id}`, { active: false }));
    await becomes([null, null, leaver.id]);
  });

  it.each([
    ['a customer', async () => (await api.given.customer()).id],
    ['nobody', () => Promise.resolve(newId())],
    ['the very person', () => Promise.resolve(leaver.id)],
    [
      'somebody switched off',
      async () => {
        const off = await api.given.agent();
        expectStatus(200, await admin.patch(`/api/users/${off.id}`, { active: false }));
        return off.id;
      },
    ],
  ])('cannot go to %s; then nothing is changed', async (_who, who) => {
    const reassignTo = await who();
    expect(await admin.patch(`/api/users/${leaver.id}`, { active: false, reassignTo })).toMatchObject(
      invalid('reassignTo'),
    );
    expect(await admin.delete(`/api/users/${leaver.id}?reassignTo=${reassignTo}`)).toMatchObject(invalid('reassignTo'));
    expect((await leaver.get('/api/me')).status).toBe(200);
    expect(await assignees()).toEqual([leaver.id, leaver.id, leaver.id]);
  });

  it('are not asked for where nobody leaves who could hold any', async () => {
    const [cora, ben] = [await api.given.customer(), await api.given.agent()];
    const reassignTo = ben.id;
    for (const answer of [
      await admin.patch(`/api/users/${cora.id}`, { active: false, reassignTo }),
      await admin.patch(`/api/users/${leaver.id}`, { name: 'Another', reassignTo }),
      await admin.delete(`/api/users/${cora.id}?reassignTo=${reassignTo}`),
      await admin.delete(`/api/users/${leaver.id}?reassignTo=somebody`),
    ])
      expect(answer).toMatchObject(invalid('reassignTo'));
  });
});

describe('the tickets of a customer who leaves', () => {
  it('can be found by the name or address of the one who is gone no more, none of fifty', async () => {
    const name = `Zacharias ${newId().replaceAll('-', '')}`;
    const [cora, admin] = [await api.given.customer({ name }), await api.given.admin()];
    const numbers: number[] = [];
    for (let count = 0; count < 50; count += 1) numbers.push((await api.given.ticket({ by: cora })).id);
    const words = [name.split(' ')[1], cora.account.email];
    const found = async (): Promise<number[]> =>
      Promise.all(words.map(async (q) => (await admin.get(`/api/tickets?q=${q}&limit=100`)).body.length));
    await until('all are found', async () => (await found()).every((count) => count === 50));
    expectStatus(204, await admin.delete(`/api/users/${cora.id}`));
    await until('none is found', async () => (await found()).every((count) => count === 0));
    const { body: tickets } = await admin.get(`/api/tickets?requester=${cora.id}&limit=100`);
    expect(tickets.map(({ id }: { id: number }) => id).toSorted()).toEqual(numbers.toSorted());
    for (const { requester } of tickets) expect(requester).toMatchObject({ name: 'Former customer' });
    const { body: exported } = await admin.get('/api/audit/export?format=json');
    for (const word of [name, cora.account.email]) expect(JSON.stringify(exported)).not.toContain(word);
  });
});
