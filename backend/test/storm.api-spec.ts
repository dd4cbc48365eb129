import { aMessage, testApi, type Answer } from './support/api-client';
import { inconsistencies } from './support/consistency';

const api = testApi();

describe('many people at once, on the same tickets', () => {
  it('get an answer each, and leave dense numbers and right counts', async () => {
    const people = Array.from({ length: 4 });
    const customers = await Promise.all(people.map(() => api.given.customer()));
    const agents = await Promise.all(people.map(() => api.given.agent()));
    const tickets: { id: number }[] = await Promise.all(customers.map((by) => api.given.ticket({ by })));
    const answers: Promise<Answer>[] = [];
    for (const agent of agents)
      for (const [index, { id }] of tickets.entries()) {
        const path = `/api/tickets/${id}`;
        answers.push(
          agent.post(`${path}/messages`, aMessage({ kind: index % 2 ? 'chat' : 'note' })),
          customers[index].post(`${path}/messages`, aMessage()),
          agent.post(`${path}/claim`),
          agent.put(`${path}/read`, { seq: 5 }),
          customers[index].put(`${path}/read`, { seq: 3 }),
          agent.put(`${path}/assignee`, { agentId: agents[index].id }),
          agent.put(`${path}/priority`, { priority: index % 2 ? 'high' : 'low' }),
          agent.post('/api/notifications/read-all'),
          agent.get('/api/tickets?unread=true'),
        );
      }
    const refused = (await Promise.all(answers)).filter(({ status }) => status >= 400);
    expect(refused.filter(({ body }) => body.code !== 'already-claimed')).toEqual([]);
    for (const [index, { id }] of tickets.entries())
      for (const person of [customers[index], agents[0]]) {
        const { body } = await person.get(`/api/tickets/${id}/events?limit=100`);
        const seqs = (body as { seq: number }[]).map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.map((_seq, place) => place + 1));
      }
    expect(await inconsistencies((sql) => api.rows(sql))).toEqual({});
  });
});
