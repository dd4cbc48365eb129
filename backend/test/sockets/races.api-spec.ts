import { newId } from '../../src/common';
import { aMessage, expectStatus, testApi, type Person } from '../support/api-client';
import { testSockets } from './support/device';
import { dense } from './support/merged';

const ROUNDS = 10;

const inEachRound = async (race: () => Promise<void>): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) await race();
};

describe('at the same moment, by socket and by request', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  beforeAll(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
  });

  const events = async (ticketId: number): Promise<{ seq: number; type: string; data: { to?: unknown } }[]> =>
    expectStatus(200, await ana.get(`/api/tickets/${ticketId}/events?limit=100`)).body;

  it('somebody closes and somebody writes: the word is before the end, or refused', async () => {
    const device = await sockets.connect(cora);
    await inEachRound(async () => {
      const { id } = await api.given.ticket({ by: cora });
      const request = { ticketId: id as number, clientMsgId: newId(), kind: 'chat', body: 'Wait' } as const;
      const [closed, said] = await Promise.all([
        ana.put(`/api/tickets/${id}/status`, { status: 'closed' }),
        device.ask('message:send', request),
      ]);
      expect(closed.status).toBe(200);
      const types = (await events(id)).map(({ type }) => type);
      if (said.ok) expect(types).toEqual(['ticket.created', 'message.created', 'status.changed']);
      else expect([said.error.code, types]).toEqual(['ticket_closed', ['ticket.created', 'status.changed']]);
    });
  });

  it('somebody closes and somebody claims: both happened in one order, or the claim came too late', async () => {
    await inEachRound(async () => {
      const { id } = await api.given.ticket({ by: cora });
      const [closed, claimed] = await Promise.all([
        cora.put(`/api/tickets/${id}/status`, { status: 'closed' }),
        ana.post(`/api/tickets/${id}/claim`),
      ]);
      expect(closed.status).toBe(200);
      const { body: ticket } = expectStatus(200, await ana.get(`/api/tickets/${id}`));
      expect(ticket.status).toBe('closed');
      if (claimed.status === 200) expect(ticket.assignee).toMatchObject({ id: ana.id });
      else expect([claimed.status, claimed.body.code, ticket.assignee]).toEqual([409, 'invalid-transition', null]);
    });
  });

  it('somebody deletes and somebody writes: no word is in a deleted ticket that was acknowledged after it', async () => {
    await inEachRound(async () => {
      const { id } = await api.given.ticket({ by: cora });
      const [deleted, said] = await Promise.all([
        cora.delete(`/api/tickets/${id}`),
        ana.post(`/api/tickets/${id}/messages`, aMessage()),
      ]);
      expect(deleted.status).toBe(204);
      expect([201, 404]).toContain(said.status);
      const rows = await api.rows('SELECT type FROM timeline_events WHERE ticketNumber = ? ORDER BY staffSeq', [id]);
      expect(rows.map(({ type }) => type)).toEqual(
        said.status === 201
          ? ['ticket.created', 'message.created', 'ticket.deleted']
          : ['ticket.created', 'ticket.deleted'],
      );
    });
  });

  it('fifty write, change, read and claim: the numbers stay dense and nothing fails', async () => {
    const { id } = await api.given.ticket({ by: cora });
    const answers = await Promise.all(
      dense(1, 50).map((n) => {
        if (n % 5 === 0) return ana.post(`/api/tickets/${id}/claim`);
        if (n % 5 === 1) return ana.patch(`/api/tickets/${id}`, { subject: `Subject ${n}` });
        if (n % 5 === 2) return cora.put(`/api/tickets/${id}/read`, { seq: n });
        return (n % 2 ? cora : ana).post(`/api/tickets/${id}/messages`, aMessage());
      }),
    );
    expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
    const seqs = (await events(id)).map(({ seq }) => seq);
    expect(seqs).toEqual(dense(1, seqs.length));
    const { body: ticket } = expectStatus(200, await ana.get(`/api/tickets/${id}`));
    const fieldChanges = answers.filter((_, index) => (index + 1) % 5 === 1).length + 1;
    expect(ticket.version).toBe(1 + fieldChanges);
  });
});
