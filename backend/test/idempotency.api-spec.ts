import { request as httpRequest } from 'node:http';
import { newId } from '../src/common';
import { IdempotencySweeper } from '../src/idempotency/idempotency.sweeper';
import { TicketCreationService } from '../src/tickets';
import { aMessage, expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, pdf, png } from './support/files';
import { DAY, MINUTE } from './support/moved-clock';

const api = testApi();
const input = { subject: 'Blank pages', description: 'Since Monday.' };
type KeyHeader = { 'idempotency-key': string };
const keyed = (key: string = newId()): KeyHeader => ({ 'idempotency-key': key });
const countOf = async (by: Person): Promise<number> => (await by.get('/api/tickets/counts')).body.all;
const reservations = (headers: KeyHeader) =>
  api.rows('SELECT state FROM idempotency_keys WHERE idempotencyKey = ?', [headers['idempotency-key']]);

/** As if the process had died while it worked: the row is reserved, and its lease ends in so many seconds. */
async function reservedByTheDead(by: Person, headers: KeyHeader, leaseSeconds: number): Promise<void> {
  const { body } = expectStatus(201, await by.post('/api/tickets', input, headers));
  expectStatus(204, await by.delete(`/api/tickets/${body.id}`));
  const lease = new Date(Date.now() + leaseSeconds * 1_000).toISOString().replace('T', ' ').replace('Z', '');
  await api.rows(
    `UPDATE idempotency_keys SET state = 'running', resourceId = NULL, leaseUntil = ? WHERE idempotencyKey = ?`,
    [lease, headers['idempotency-key']],
  );
}

describe('a request with an Idempotency-Key', () => {
  it('three times in a row opens one ticket, and is answered alike each time', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const answers: Answer[] = [];
    for (let time = 0; time < 3; time += 1) answers.push(await cora.post('/api/tickets', input, headers));
    for (const answer of answers) {
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual(answers[0].body);
      expect(answer.headers.location).toBe(`/api/tickets/${answers[0].body.id}`);
      expect(answer.headers.etag).toBe('"1"');
    }
    expect(await countOf(cora)).toBe(1);
  });

  it('ten times at once opens one ticket; the others are told so, or to wait', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => cora.post('/api/tickets', input, headers)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer).toMatchObject(problem(409, 'in-progress'));
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect((await cora.post('/api/tickets', input, headers)).body.id).toBe(made[0].body.id);
    expect(await countOf(cora)).toBe(1);
  });

  it('is answered with the thing as it is now', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const { body } = await cora.post('/api/tickets', input, headers);
    expectStatus(200, await cora.patch(`/api/tickets/${body.id}`, { subject: 'Grey pages' }));
    const again = await cora.post('/api/tickets', input, headers);
    expect(again).toMatchObject({ status: 201, headers: { etag: '"2"' }, body: { subject: 'Grey pages', version: 2 } });
    expectStatus(204, await cora.delete(`/api/tickets/${body.id}`));
    expect(await cora.post('/api/tickets', input, headers)).toMatchObject(problem(404, 'not-found'));
  });

  it('with another payload or on another ticket is another request', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const [one, two] = [await api.given.ticket({ by: cora }), await api.given.ticket({ by: cora })];
    const mismatch = problem(422, 'idempotency-mismatch');
    expectStatus(201, await cora.post('/api/tickets', input, headers));
    expect(await cora.post('/api/tickets', { ...input, subject: 'Other' }, headers)).toMatchObject(mismatch);
    expect(await cora.post('/api/tickets', { ...input, priority: 'high' }, headers)).toMatchObject(mismatch);
    const reordered = { description: input.description, subject: input.subject };
    expect((await cora.post('/api/tickets', reordered, headers)).status).toBe(201);
    expectStatus(201, await cora.post(`/api/tickets/${one.id}/comments`, { text: 'Hello' }, headers));
    expect(await cora.post(`/api/tickets/${two.id}/comments`, { text: 'Hello' }, headers)).toMatchObject(mismatch);
    expect(await countOf(cora)).toBe(3);
  });

  it('is compared by the bytes and the names of its files', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const [wide, tall] = [await png(), await png({ height: 31 })];
    const create = (bytes: Buffer, name = 'a.png') =>
      cora.post('/api/tickets', form(input, [{ bytes, name, type: 'image/png' }]), headers);
    const first = expectStatus(201, await create(wide));
    const again = expectStatus(201, await create(wide));
    expect(again.body.attachments).toHaveLength(1);
    expect(again.body.attachments[0].id).toBe(first.body.attachments[0].id);
    expect(await create(tall)).toMatchObject(problem(422, 'idempotency-mismatch'));
    expect(await create(wide, 'b.png')).toMatchObject(problem(422, 'idempotency-mismatch'));
    expect(await cora.post('/api/tickets', input, headers)).toMatchObject(problem(422, 'idempotency-mismatch'));
    expect(await countOf(cora)).toBe(1);
    expect(await api.rows('SELECT id FROM attachments WHERE ticketNumber = ?', [first.body.id])).toHaveLength(1);
  });

  it('is each person’s own, and each route’s', async () => {
    const [cora, cleo] = [await api.given.customer(), await api.given.customer()];
    const headers = keyed('the-same-key');
    const ticket = expectStatus(201, await cora.post('/api/tickets', input, headers)).body;
    const other = expectStatus(201, await cleo.post('/api/tickets', { ...input, subject: 'Mine' }, headers)).body;
    expect(other.id).not.toBe(ticket.id);
    expectStatus(201, await cora.post(`/api/tickets/${ticket.id}/comments`, { text: 'Hello' }, headers));
  });

  it.each([
    ['300 characters', 'k'.repeat(300)],
    ['256 characters', 'k'.repeat(256)],
    ['a blank', 'a key'],
    ['no character', ''],
    ['a tab', 'a\tkey'],
    ['a letter beyond ASCII', 'clé'],
  ])('is refused when its key has %s', async (_what, key) => {
    const cora = await api.given.customer();
    expect(await cora.post('/api/tickets', input, keyed(key))).toMatchObject(invalid('Idempotency-Key'));
    expect(await countOf(cora)).toBe(0);
  });

  it('is refused when its key has control characters', async () => {
    const cora = await api.given.customer();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${cora.signIn.accessToken}`, 'content-type': 'application/json' };
      const path = new URL('/api/tickets', api.url);
      const sent = httpRequest(path, { method: 'POST', headers: { ...headers, ...keyed('MARK') } }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      // No client sends such a header, so it is put in where the bytes go out.
      sent.once('socket', (socket) => {
        const write = socket.write.bind(socket);
        socket.write = (chunk) => write(String(chunk).replace('MARK', 'a\x01key'));
      });
      sent.once('error', reject);
      sent.end(JSON.stringify(input));
    });
    expect(status).toBe(400);
    expect(await countOf(cora)).toBe(0);
  });

  it('takes a key of one character and of 255', async () => {
    const cora = await api.given.customer();
    for (const key of ['~', '!'.repeat(255)]) {
      expectStatus(201, await cora.post('/api/tickets', input, keyed(key)));
      expectStatus(201, await cora.post('/api/tickets', input, keyed(key)));
    }
    expect(await countOf(cora)).toBe(2);
  });
});

describe('repeated with its key', () => {
  it('a file is staged once, and its link is signed anew', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const headers = keyed();
    const file = { bytes: pdf(), name: 'a.pdf', type: 'application/pdf' };
    const stage = () => cora.post(`/api/tickets/${id}/attachments`, form({}, [file], 'file'), headers);
    const first = expectStatus(201, await stage());
    api.clock.forward(11 * MINUTE);
    expect((await api.anyone.get(first.body.url)).status).toBe(401);
    const again = expectStatus(201, await stage());
    expect(again.body.id).toBe(first.body.id);
    expect((await api.anyone.get(again.body.url)).status).toBe(200);
    expect(await api.rows('SELECT id FROM attachments WHERE ticketNumber = ?', [id])).toHaveLength(1);
  });

  it('a message and a comment are said once', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    for (const [route, body] of [
      ['messages', aMessage()],
      ['comments', { text: 'For the record' }],
    ] as const) {
      const headers = keyed();
      const first = expectStatus(201, await cora.post(`/api/tickets/${id}/${route}`, body, headers));
      const again = expectStatus(201, await cora.post(`/api/tickets/${id}/${route}`, body, headers));
      expect(again.body).toEqual(first.body);
    }
    expect((await cora.get(`/api/tickets/${id}/messages`)).body).toHaveLength(2);
  });

  it('a message that its clientMsgId knows already is a repeat without the key', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const message = aMessage();
    const headers = keyed();
    expectStatus(201, await cora.post(`/api/tickets/${id}/messages`, message));
    const again = await cora.post(`/api/tickets/${id}/messages`, message, headers);
    expect(again).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(await reservations(headers)).toEqual([]);
  });

  it('a category is added once, and a person invited once', async () => {
    const admin = await api.given.admin();
    for (const [route, body] of [
      ['categories', { name: `Shelf ${newId()}` }],
      ['users', { email: `ines-${newId()}@example.com`, name: 'Ines', role: 'agent' }],
    ] as const) {
      const headers = keyed();
      const first = expectStatus(201, await admin.post(`/api/${route}`, body, headers));
      const again = expectStatus(201, await admin.post(`/api/${route}`, body, headers));
      expect(again.body).toEqual(first.body);
      expect((await admin.post(`/api/${route}`, body)).status).toBe(409);
    }
  });
});

describe('a key', () => {
  it('does not remember a refusal: the corrected request may use it', async () => {
    const agent = await api.given.agent();
    const headers = keyed();
    const wrong = { ...input, requesterId: newId() };
    expect(await agent.post('/api/tickets', wrong, headers)).toMatchObject(invalid('requesterId'));
    expect(await reservations(headers)).toEqual([]);
    expectStatus(201, await agent.post('/api/tickets', input, headers));
  });

  it('does not remember a failure: the repeat succeeds', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const failure = jest.spyOn(api.part(TicketCreationService), 'create').mockRejectedValueOnce(new Error('broken'));
    expect((await cora.post('/api/tickets', input, headers)).status).toBe(500);
    failure.mockRestore();
    expectStatus(201, await cora.post('/api/tickets', input, headers));
    expect(await countOf(cora)).toBe(1);
  });

  it('of a request that died is taken over when its lease has ended, and not before', async () => {
    const cora = await api.given.customer();
    const [living, dead] = [keyed(), keyed()];
    await reservedByTheDead(cora, living, 30);
    expect(await cora.post('/api/tickets', input, living)).toMatchObject(problem(409, 'in-progress'));
    expect(await countOf(cora)).toBe(0);
    await reservedByTheDead(cora, dead, -1);
    const answers = await Promise.all(Array.from({ length: 5 }, () => cora.post('/api/tickets', input, dead)));
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(await countOf(cora)).toBe(1);
  });

  it('whose lease was lost while the work went on makes nothing', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const creation = api.part(TicketCreationService);
    const create = creation.create.bind(creation);
    const slow = jest.spyOn(creation, 'create').mockImplementationOnce(async (...given) => {
      const lost = 'UPDATE idempotency_keys SET leaseToken = ? WHERE idempotencyKey = ?';
      await api.rows(lost, [newId(), headers['idempotency-key']]);
      return create(...given);
    });
    expect(await cora.post('/api/tickets', input, headers)).toMatchObject(problem(409, 'in-progress'));
    slow.mockRestore();
    expect(await countOf(cora)).toBe(0);
  });

  it('lives for a day, and is swept away after it', async () => {
    const cora = await api.given.customer();
    const headers = keyed();
    const later = (subject: string) => cora.post('/api/tickets', { ...input, subject }, headers);
    const first = expectStatus(201, await later('Today')).body;
    api.clock.forward(DAY - MINUTE);
    expect((await later('Today')).body.id).toBe(first.id);
    api.clock.forward(2 * MINUTE);
    const next = expectStatus(201, await later('Tomorrow')).body;
    expect(next.id).not.toBe(first.id);
    expect((await later('Tomorrow')).body.id).toBe(next.id);
    api.clock.forward(DAY + MINUTE);
    expect(await api.part(IdempotencySweeper).sweep()).toBeGreaterThan(0);
    expect(await reservations(headers)).toEqual([]);
    expect(await api.part(IdempotencySweeper).sweep()).toBe(0);
  });
});
