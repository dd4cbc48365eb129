import { performance } from 'node:perf_hooks';
import { aMessage, PASSWORD, problem, testApi, type Answer, type Person } from './support/api-client';
import { until } from './support/until';

const UNKNOWN_TICKET = 2_000_000_000;
const ROUNDS = 20;

const api = testApi();
let cora: Person;
let carl: Person;
let ticket: Answer['body'];
beforeAll(async () => {
  [cora, carl] = [await api.given.customer(), await api.given.customer()];
  ticket = await api.given.ticket({ by: cora });
});

const waysTo = (id: number): [string, () => Promise<Answer>][] => [
  ['reads it', () => carl.get(`/api/tickets/${id}`)],
  ['reads its story', () => carl.get(`/api/tickets/${id}/events`)],
  ['changes it', () => carl.patch(`/api/tickets/${id}`, { subject: 'Mine now' })],
  ['closes it', () => carl.put(`/api/tickets/${id}/status`, { status: 'closed' })],
  ['deletes it', () => carl.delete(`/api/tickets/${id}`)],
  ['writes in it', () => carl.post(`/api/tickets/${id}/messages`, aMessage())],
  ['comments on it', () => carl.post(`/api/tickets/${id}/comments`, { text: 'Hello' })],
  ['claims it', () => carl.post(`/api/tickets/${id}/claim`)],
];

describe('a customer who names a ticket of somebody else', () => {
  it('is told the very same as of one that does not exist, and changes nothing', async () => {
    const unknown = waysTo(UNKNOWN_TICKET);
    for (const [index, [what, ask]] of waysTo(ticket.id).entries()) {
      const [foreign, none] = [await ask(), await unknown[index][1]()];
      expect([what, foreign.status]).toEqual([what, 403]);
      expect([what, { ...foreign.body, requestId: 'x' }]).toEqual([what, { ...none.body, requestId: 'x' }]);
      expect(Object.keys(foreign.headers).sort()).toEqual(Object.keys(none.headers).sort());
    }
    expect((await cora.get(`/api/tickets/${ticket.id}`)).body).toEqual(ticket);
    expect((await cora.get(`/api/tickets/${ticket.id}/messages`)).body).toEqual([]);
  });

  it('waits as long for the one answer as for the other', async () => {
    const timed = async (id: number): Promise<number> => {
      const started = performance.now();
      await carl.get(`/api/tickets/${id}`);
      return performance.now() - started;
    };
    const [foreign, none]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      foreign.push(await timed(ticket.id));
      none.push(await timed(UNKNOWN_TICKET + round));
    }
    // The fastest of each: a busy machine makes others slower, and none faster.
    expect(Math.abs(Math.min(...foreign) - Math.min(...none))).toBeLessThan(10);
  });

  it('leaves an entry in the audit log', async () => {
    const admin = await api.given.admin();
    await carl.get(`/api/tickets/${ticket.id}`);
    await until('the refusal is audited', async () => {
      const { body } = await admin.get(`/api/audit?action=access.denied&actor=${carl.id}`);
      return body.some((entry: Answer['body']) => entry.object?.id === String(ticket.id));
    });
  });
});

describe('what only the server decides', () => {
  it.each([
    ['kind', 'note', 403],
    ['authorId', '01900000-0000-7000-8000-000000000000', 400],
    ['createdAt', '2000-01-01T00:00:00.000Z', 400],
    ['seq', 1, 400],
  ])('is not taken from a message (%s)', async (name, value, status) => {
    const answer = await cora.post(`/api/tickets/${ticket.id}/messages`, aMessage({ [name]: value }));
    expect(answer.status).toBe(status);
    expect((await cora.get(`/api/tickets/${ticket.id}/messages`)).body).toEqual([]);
  });

  it.each([
    ...[{ role: 'admin' }, { roles: ['admin'] }, { isActive: true }, { active: true }, { emailVerified: true }],
    ...[{ emailConfirmed: true }, { id: '01900000-0000-7000-8000-000000000000' }, { passwordHash: 'x' }],
  ])('is not taken from a registration or a profile: %j', async (more) => {
    const account = { email: `trick-${Object.keys(more)[0]}@example.com`, password: PASSWORD };
    expect(await api.anyone.post('/api/auth/register', { ...account, ...more })).toMatchObject(
      problem(400, 'validation-failed'),
    );
    expect(await cora.patch('/api/me', { name: 'Cora', ...more })).toMatchObject(problem(400, 'validation-failed'));
    expect((await cora.get('/api/me')).body).toMatchObject({ id: cora.id, role: 'customer' });
  });
});
