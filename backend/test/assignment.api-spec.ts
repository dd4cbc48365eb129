import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi } from './support/api-client';

const api = testApi();

describe('claiming', () => {
  it('takes an open ticket into progress, once', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const claim = () => agent.post(`/api/tickets/${id}/claim`);
    expect(await claim()).toMatchObject({ status: 200, body: { status: 'in_progress', assignee: { id: agent.id } } });
    const events = (await agent.get(`/api/tickets/${id}/events`)).body;
    expect(await claim()).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await agent.get(`/api/tickets/${id}/events`)).body).toEqual(events);
  });

  it('of what another holds is refused, naming who', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent({ name: 'Ben' })];
    const { id } = await api.given.ticket();
    expectStatus(200, await ben.post(`/api/tickets/${id}/claim`));
    expect(await ana.post(`/api/tickets/${id}/claim`)).toMatchObject(
      problem(409, 'already-claimed', { assignee: { id: ben.id, name: 'Ben', role: 'agent' } }),
    );
  });

  it.each(['resolved', 'closed'])('of a %s ticket is refused', async (status) => {
    const admin = await api.given.admin();
    const { id } = await api.given.ticketIn(status);
    expect(await admin.post(`/api/tickets/${id}/claim`)).toMatchObject(problem(409, 'invalid-transition'));
  });

  it('is not for customers', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    expect(await cora.post(`/api/tickets/${id}/claim`)).toMatchObject(problem(403, 'forbidden'));
  });
});

describe('assigning and releasing', () => {
  it('leaves the status and can be done to any active agent or admin', async () => {
    const [agent, other, admin] = [await api.given.agent(), await api.given.agent(), await api.given.admin()];
    const { id } = await api.given.ticket();
    const path = `/api/tickets/${id}/assignee`;
    for (const { id: agentId } of [other, admin, agent])
      expect(await agent.put(path, { agentId })).toMatchObject({
        status: 200,
        body: { status: 'open', assignee: { id: agentId } },
      });
    const again = await agent.put(path, { agentId: agent.id });
    expect(again).toMatchObject({ status: 200, body: { version: 4 } });
    expect(await agent.delete(path)).toMatchObject({
      status: 200,
      body: { status: 'open', assignee: null, version: 5 },
    });
  });

  it('refuses people who cannot answer', async () => {
    const [agent, cora, admin] = [await api.given.agent(), await api.given.customer(), await api.given.admin()];
    const disabled = await api.given.agent();
    expectStatus(200, await admin.patch(`/api/users/${disabled.id}`, { active: false }));
    const { body: invited } = await admin.post('/api/users', {
      email: `i-${newId()}@example.com`,
      name: 'I',
      role: 'agent',
    });
    const { id } = await api.given.ticket();
    for (const agentId of [cora.id, disabled.id, invited.id, newId(), 'me', null, 5])
      expect(await agent.put(`/api/tickets/${id}/assignee`, { agentId })).toMatchObject(invalid('agentId'));
  });

  it('is not for customers', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const path = `/api/tickets/${id}/assignee`;
    expect(await cora.put(path, { agentId: agent.id })).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.delete(path)).toMatchObject(problem(403, 'forbidden'));
  });
});

describe('the agents', () => {
  it('are listed with presence and with how many tickets they carry', async () => {
    const [agent, admin, cora] = [await api.given.agent(), await api.given.admin(), await api.given.customer()];
    const disabled = await api.given.agent();
    expectStatus(200, await admin.patch(`/api/users/${disabled.id}`, { active: false }));
    const tickets = await Promise.all([1, 2, 3].map(() => api.given.ticket()));
    for (const { id } of tickets) expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    expectStatus(200, await agent.put(`/api/tickets/${tickets[0].id}/status`, { status: 'resolved' }));
    expectStatus(204, await admin.delete(`/api/tickets/${tickets[1].id}`));
    const { body: agents } = expectStatus(200, await admin.get('/api/agents'));
    const listed = (id: string) => agents.find((one: { id: string }) => one.id === id);
    expect(listed(agent.id)).toEqual({
      id: agent.id,
      name: agent.account.name,
      role: 'agent',
      online: false,
      presence: 'offline',
      load: 1,
    });
    expect(listed(admin.id)).toMatchObject({ role: 'admin', load: 0 });
    expect([listed(cora.id), listed(disabled.id)]).toEqual([undefined, undefined]);
    expect(await cora.get('/api/agents')).toMatchObject(problem(403, 'forbidden'));
  });
});
