import { newId } from '../../src/common';
import { testSockets, type Device } from '../sockets/support/device';
import { aMessage, expectStatus, testApi, type Answer, type Person } from '../support/api-client';

const ROUNDS = 4;
const REFUSED = ['ticket-closed', 'ticket_closed'];

interface Step {
  type: string;
  actor: { id: string };
  data: { to?: unknown };
}

interface Outcome {
  isDone: boolean;
  code: string | undefined;
}

const byRequest = ({ status, body }: Answer): Outcome => ({
  isDone: status < 300,
  code: (body as { code?: string } | undefined)?.code,
});
const byEvent = (answer: unknown): Outcome => {
  const { ok, error } = answer as { ok: boolean; error?: { code: string } };
  return { isDone: ok, code: error?.code };
};

describe('while staff close a ticket, its customer', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let device: Device;
  beforeAll(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
  });
  beforeEach(async () => {
    device = await sockets.connect(cora);
  });

  /** What a customer can do to an own ticket, over each way there is. */
  const ACTS: [string, (ticketId: number, messageId: string) => Promise<Outcome>][] = [
    [
      'sends over the socket',
      async (ticketId) =>
        byEvent(await device.askAnything('message:send', { ticketId, ...aMessage({ clientMsgId: newId() }) })),
    ],
    ['sends a message', async (id) => byRequest(await cora.post(`/api/tickets/${id}/messages`, aMessage()))],
    ['comments', async (id) => byRequest(await cora.post(`/api/tickets/${id}/comments`, { text: 'For the record' }))],
    [
      'sends a comment over the socket',
      async (ticketId) =>
        byEvent(await device.askAnything('message:send', { ticketId, ...aMessage({ kind: 'comment' }) })),
    ],
    [
      'edits',
      async (id, message) => byRequest(await cora.patch(`/api/tickets/${id}/messages/${message}`, { body: 'Edited' })),
    ],
    [
      'edits over the socket',
      async (ticketId, messageId) =>
        byEvent(await device.askAnything('message:edit', { ticketId, messageId, body: 'Edited' })),
    ],
    ['removes', async (id, message) => byRequest(await cora.delete(`/api/tickets/${id}/messages/${message}`))],
    [
      'removes over the socket',
      async (ticketId, messageId) => byEvent(await device.askAnything('message:remove', { ticketId, messageId })),
    ],
    ['resolves', async (id) => byRequest(await cora.put(`/api/tickets/${id}/status`, { status: 'resolved' }))],
    ['changes the subject', async (id) => byRequest(await cora.patch(`/api/tickets/${id}`, { subject: 'Changed' }))],
    ['sets the priority', async (id) => byRequest(await cora.put(`/api/tickets/${id}/priority`, { priority: 'low' }))],
  ];

  it.each(ACTS)('%s: it is done before the end, or refused', async (_what, act) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = (await api.given.ticket({ by: cora })) as { id: number };
      const message = (await api.given.message(cora, id)) as { id: string };
      const close = (): Promise<Answer> => ana.put(`/api/tickets/${id}/status`, { status: 'closed' });
      const [closed, outcome] =
        round % 2
          ? await Promise.all([close(), act(id, message.id)])
          : ((await Promise.all([act(id, message.id), close()])).toReversed() as [Answer, Outcome]);
      expectStatus(200, closed);
      const steps = expectStatus(200, await ana.get(`/api/tickets/${id}/events?limit=100`)).body as Step[];
      const end = steps.findIndex(({ type, data }) => type === 'status.changed' && data.to === 'closed');
      expect(steps.slice(end + 1)).toEqual([]);
      const own = steps.slice(2, end).filter(({ actor }) => actor.id === cora.id);
      expect(own).toHaveLength(outcome.isDone ? 1 : 0);
      if (!outcome.isDone) expect(REFUSED).toContain(outcome.code);
    }
  });

  it('can attach no file any more once it is closed', async () => {
    const { id } = (await api.given.ticketIn('closed', { by: cora })) as { id: number };
    const file = new FormData();
    file.append('file', new Blob(['%PDF-1.4\nstartxref\n0\n%%EOF\n'], { type: 'application/pdf' }), 'a.pdf');
    expect(byRequest(await cora.post(`/api/tickets/${id}/attachments`, file))).toEqual({
      isDone: false,
      code: 'ticket-closed',
    });
  });

  it('may still read, mark as read and delete once it is closed', async () => {
    const { id } = (await api.given.ticketIn('closed', { by: cora })) as { id: number };
    expectStatus(200, await cora.get(`/api/tickets/${id}`));
    expect(byEvent(await device.askAnything('ticket:subscribe', { ticketId: id, after: 0 })).isDone).toBe(true);
    expectStatus(204, await cora.put(`/api/tickets/${id}/read`, { seq: 1 }));
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
  });
});
