import { newId } from '../src/common';
import { aMessage, Api, expectStatus, problem, type Answer, type Person } from './support/api-client';
import { scratch, type Scratch } from './support/databases';
import { DAY, MINUTE } from './support/moved-clock';

jest.setTimeout(30_000);
const input = { subject: 'Blank pages', description: 'Since Monday.' };
const LEASE_SECONDS = 30;

/** One process of the product after another, all on the same database. */
class Restarts {
  private database!: Scratch;
  private running: Api | undefined;

  async begin(): Promise<Api> {
    this.database = await scratch();
    return this.next();
  }

  /** Ends the process that runs, and starts another one. */
  async next(): Promise<Api> {
    await this.running?.stop();
    this.running = new Api({ database: this.database });
    await this.running.start();
    return this.running;
  }

  async end(): Promise<void> {
    await this.running?.stop();
    await this.database.drop();
  }
}

describe('after a restart', () => {
  const restarts = new Restarts();
  let api: Api;
  let cora: Person;
  let ana: Person;
  beforeEach(async () => {
    api = await restarts.begin();
    [cora, ana] = [await api.given.customer(), await api.given.agent()];
  });
  afterEach(() => restarts.end());

  const restart = async (): Promise<void> => {
    api = await restarts.next();
    [cora, ana] = [await api.device(cora.account), await api.device(ana.account)];
  };
  const key = (): { 'idempotency-key': string } => ({ 'idempotency-key': newId() });

  it('a repeated request is answered as before by every route that makes something, and makes nothing', async () => {
    const { id } = await api.given.ticket({ by: cora });
    const path = `/api/tickets/${id}`;
    const message = aMessage();
    const keys = Array.from({ length: 5 }, key);
    const requests = [
      () => cora.post('/api/tickets', input, keys[0]),
      () => cora.post(`${path}/messages`, message, keys[1]),
      () => cora.post(`${path}/comments`, { text: 'For the record' }, keys[2]),
      () => ana.post('/api/tickets/bulk', { ids: [id], action: { priority: 'high' } }, keys[3]),
      () => ana.post('/api/views', { name: 'Mine', filter: { assignee: 'me' } }, keys[4]),
    ];
    const before: Answer[] = [];
    for (const send of requests) before.push(await send());
    expect(before.map(({ status }) => status)).toEqual([201, 201, 201, 200, 201]);
    await restart();
    const after: Answer[] = [];
    for (const send of requests) after.push(await send());
    expect(after.map(({ status, body }) => ({ status, body }))).toEqual(
      before.map(({ status, body }) => ({ status, body })),
    );
    expect((await cora.get('/api/tickets/counts')).body.all).toBe(2);
    expect((await cora.get(`${path}/messages`)).body).toHaveLength(2);
    expect((await ana.get(path)).body.version).toBe(2);
  });

  it('the key with another payload is another request still', async () => {
    const headers = key();
    expectStatus(201, await cora.post('/api/tickets', input, headers));
    await restart();
    const other = await cora.post('/api/tickets', { ...input, subject: 'Grey pages' }, headers);
    expect(other).toMatchObject(problem(422, 'idempotency-mismatch'));
    expect((await cora.get('/api/tickets/counts')).body.all).toBe(1);
  });

  it('the answer is kept for a day from the first request, and not for longer', async () => {
    const headers = key();
    const { body: first } = expectStatus(201, await cora.post('/api/tickets', input, headers));
    await restart();
    api.clock.forward(DAY - MINUTE);
    const person = await api.device(cora.account);
    expect((await person.post('/api/tickets', input, headers)).body.id).toBe(first.id);
    api.clock.forward(2 * MINUTE);
    expect((await person.post('/api/tickets', input, headers)).body.id).not.toBe(first.id);
  });

  it('a request that was under way is said to run until its lease has ended, and is then done once', async () => {
    const headers = key();
    const { body: lost } = expectStatus(201, await cora.post('/api/tickets', input, headers));
    // The process ended between reserving the key and making the ticket.
    expectStatus(204, await cora.delete(`/api/tickets/${lost.id}`));
    const lease = (seconds: number): Promise<unknown> => {
      const until = new Date(Date.now() + seconds * 1_000).toISOString().replace('T', ' ').replace('Z', '');
      const sql = `UPDATE idempotency_keys SET state = 'running', resourceId = NULL, leaseUntil = ?
        WHERE idempotencyKey = ?`;
      return api.rows(sql, [until, headers['idempotency-key']]);
    };
    await lease(LEASE_SECONDS);
    await restart();
    const early = await cora.post('/api/tickets', input, headers);
    expect(early).toMatchObject(problem(409, 'in-progress'));
    expect(early.headers['retry-after']).toMatch(/^\d+$/);
    await lease(-1);
    const answers = await Promise.all(Array.from({ length: 3 }, () => cora.post('/api/tickets', input, headers)));
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer).toMatchObject(problem(409, 'in-progress'));
    expect((await cora.get('/api/tickets/counts')).body.all).toBe(1);
  });
});
