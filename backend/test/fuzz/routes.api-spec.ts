import fc from 'fast-check';
import { Logger } from '@nestjs/common';
import { newId } from '../../src/common';
import { openApiDocument } from '../../src/openapi-document';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { form, png } from '../support/files';
import { until } from '../support/until';
import { Described } from './support/described';
import { Values } from './support/from-schema';
import { Requests, type KnownIds } from './support/requests';
import { Wire } from './support/wire';

/** The same requests on every run, unless somebody wants others; a failure names the seed of its requests. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const REQUESTS_PER_ROUTE = Number(process.env.FUZZ_RUNS ?? 12);
const BROKEN_SIGN_INS = [
  'Bearer',
  'Bearer  ',
  'bearer x',
  'Basic YTpi',
  'Bearer a.b.c',
  'Bearer \xff',
  'x'.repeat(5_000),
];

describe(`whatever comes in (seed ${SEED})`, () => {
  const api = testApi();
  const wire = new Wire(() => api.url);
  let described: Described;
  let requests: Requests;
  let people: Record<'customer' | 'agent' | 'admin', Person>;
  beforeAll(async () => {
    described = new Described(openApiDocument(api.app));
    const [customer, agent, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
    people = { customer, agent, admin };
    requests = new Requests(new Values(described.schemas), await things());
  }, 30_000);
  afterAll(() => wire.close());

  /** What the paths may name: of the customer, of somebody else, or of nobody. */
  async function things(): Promise<KnownIds> {
    const { customer, agent, admin } = people;
    const [somebody, device] = [await api.given.customer(), await api.device(customer.account)];
    const own = await api.given.ticket({ by: customer });
    const closed = await api.given.ticketIn('closed', { by: customer });
    const foreign = await api.given.ticket({ by: somebody });
    const messages = [await api.given.message(customer, own.id), await api.given.message(agent, own.id)];
    const picture = form({}, [{ bytes: await png(), name: 'a.png', type: 'image/png' }], 'file');
    const file = expectStatus(201, await customer.post(`/api/tickets/${own.id}/attachments`, picture)).body;
    const view = expectStatus(201, await agent.post('/api/views', { name: 'A view', filter: {}, shared: true })).body;
    const category = expectStatus(201, await admin.post('/api/categories', { name: `Shelf ${newId()}` })).body;
    await api.given.ticket({ by: agent, tags: ['printer'] });
    const tags = expectStatus(200, await agent.get('/api/tags')).body as { id: string }[];
    const text = { key: newId(), title: 'Hello', body: 'Hello.' };
    const replies = await Promise.all([agent, admin].map((by) => by.post('/api/canned-replies', text)));
    const notice = await until('the customer was told of the answer', async () => {
      const { body } = await customer.get('/api/notifications?limit=1');
      return (body as { id: string }[])[0];
    });
    return {
      ticketId: [own.id, closed.id, foreign.id, 2_000_000_000].map(String),
      messageId: messages.map(({ id }) => String(id)),
      attachmentId: [file.id],
      sessionId: [device.signIn.id],
      notificationId: [notice.id],
      categoryId: [category.id],
      viewId: [view.id],
      tagId: tags.map(({ id }) => id),
      replyId: replies.map(({ body }) => String(body.id)),
      version: ['1', '2'],
      userId: [somebody.id, (await api.given.agent()).id],
      kind: ['chat', 'comment', 'note'],
    };
  }

  const signIns = {
    nobody: () => fc.constantFrom({}, ...BROKEN_SIGN_INS.map((authorization) => ({ authorization }))),
    customer: () => fc.constant({ authorization: `Bearer ${people.customer.signIn.accessToken}` }),
    agent: () => fc.constant({ authorization: `Bearer ${people.agent.signIn.accessToken}` }),
    admin: () => fc.constant({ authorization: `Bearer ${people.admin.signIn.accessToken}` }),
  };

  it.each(['nobody', 'customer', 'agent', 'admin'] as const)(
    'from %s is answered as the document says',
    async (who) => {
      const errors = jest.spyOn(Logger.prototype, 'error');
      for (const [index, operation] of described.operations.entries()) {
        const property = fc.asyncProperty(requests.to(operation), signIns[who](), async (request, signIn) => {
          const answer = await wire.send({ ...request, headers: { ...request.headers, ...signIn } });
          const faults = described.faultsOf(operation, answer);
          if (faults.length)
            throw new Error(`${faults.join('; ')} (${answer.status} ${answer.bytes.toString().slice(0, 400)})`);
        });
        await fc.assert(property, { seed: SEED + index, numRuns: REQUESTS_PER_ROUTE });
      }
      expect(errors).not.toHaveBeenCalled();
      errors.mockRestore();
      for (const person of Object.values(people)) expectStatus(200, await person.get('/api/me'));
    },
    120_000,
  );

  it('gives nobody what they asked for by a trick', async () => {
    for (const [role, person] of Object.entries(people))
      expect((await person.get('/api/me')).body).toMatchObject({ id: person.id, role });
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });
});
