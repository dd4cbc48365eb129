import { newId } from '../src/common';
import { aMessage, expectStatus, PASSWORD, problem, testApi, type Answer } from './support/api-client';

const api = testApi();
const times = <Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const withStatus = (answers: Answer[], status: number): Answer[] =>
  answers.filter((answer) => answer.status === status);

describe('at the same moment', () => {
  it('twenty agents claim, in each of five rounds: one wins, the others are told who', async () => {
    const agents = await times(20, () => api.given.agent());
    for (let round = 0; round < 5; round += 1) {
      const ticket = await api.given.ticket();
      const answers = await Promise.all(agents.map((agent) => agent.post(`/api/tickets/${ticket.id}/claim`)));
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(withStatus(answers, 200)).toHaveLength(1);
      for (const [index, answer] of answers.entries())
        if (index !== winner)
          expect(answer).toMatchObject(problem(409, 'already-claimed', { assignee: { id: agents[winner].id } }));
      const { body } = await agents[0].get(`/api/tickets/${ticket.id}`);
      expect(body).toMatchObject({ assignee: { id: agents[winner].id }, version: 2 });
      expect((await agents[0].get(`/api/tickets/${ticket.id}/events`)).body).toHaveLength(3);
    }
  });

  it('one agent claims ten times: it is one claim', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const answers = await times(10, () => agent.post(`/api/tickets/${id}/claim`));
    expect(withStatus(answers, 200)).toHaveLength(10);
    expect((await agent.get(`/api/tickets/${id}/events`)).body).toHaveLength(3);
  });

  it('one address registers twenty times: there is one account', async () => {
    const email = `cora-${newId()}@example.com`;
    const answers = await times(20, (index) =>
      api.anyone.post('/api/auth/register', { email: index % 2 ? email : email.toUpperCase(), password: PASSWORD }),
    );
    expect(withStatus(answers, 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer).toMatchObject(problem(409, 'email-taken'));
    expect(await api.rows('SELECT id FROM users WHERE emailKey = ?', [email])).toHaveLength(1);
    expect((await api.login(email)).status).toBe(200);
  });

  it('a ticket is closed and written on: no word is stored after the end', async () => {
    const agent = await api.given.agent();
    for (let round = 0; round < 20; round += 1) {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const [said, closed] = await Promise.all([
        cora.post(`/api/tickets/${id}/messages`, aMessage()),
        agent.put(`/api/tickets/${id}/status`, { status: 'closed' }),
      ]);
      expect(closed.status).toBe(200);
      const types = (await cora.get(`/api/tickets/${id}/events`)).body.map(({ type }: { type: string }) => type);
      if (said.status === 201) expect(types).toEqual(['ticket.created', 'message.created', 'status.changed']);
      else {
        expect(said).toMatchObject(problem(409, 'ticket-closed'));
        expect(types).toEqual(['ticket.created', 'status.changed']);
      }
      expect((await cora.get(`/api/tickets/${id}`)).body.status).toBe('closed');
    }
  });

  it('two people edit from one ETag: one wins, the other is told the version', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    for (let round = 0; round < 15; round += 1) {
      const { id } = await api.given.ticket();
      const edit = (by: typeof ana, subject: string) =>
        by.patch(`/api/tickets/${id}`, { subject }, { 'if-match': '"1"' });
      const answers = await Promise.all([edit(ana, 'Ana was here'), edit(ben, 'Ben was here')]);
      expect(withStatus(answers, 200)).toHaveLength(1);
      expect(withStatus(answers, 412)).toMatchObject([problem(412, 'stale', { version: 2 })]);
      const [won] = withStatus(answers, 200);
      expect((await ana.get(`/api/tickets/${id}`)).body.subject).toBe(won.body.subject);
    }
  });

  it('one message is sent ten times: it is stored once and everybody is told the same', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const message = aMessage();
    const answers = await times(10, () => cora.post(`/api/tickets/${id}/messages`, message));
    expect(withStatus(answers, 201)).toHaveLength(1);
    expect(withStatus(answers, 200)).toHaveLength(9);
    expect(new Set(answers.map(({ body }) => `${body.message.id} ${body.seq}`)).size).toBe(1);
    expect(answers.filter(({ body }) => body.duplicate)).toHaveLength(9);
    expect((await cora.get(`/api/tickets/${id}/messages`)).body).toHaveLength(1);
  });

  it('one clientMsgId names ten texts: one is stored, the others conflict', async () => {
    const cora = await api.given.customer();
    const [one, two] = [await api.given.ticket({ by: cora }), await api.given.ticket({ by: cora })];
    const message = aMessage();
    const answers = await times(10, (index) =>
      cora.post(`/api/tickets/${index % 2 ? one.id : two.id}/messages`, { ...message, body: `text ${index}` }),
    );
    expect(withStatus(answers, 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer).toMatchObject(problem(409, 'conflict'));
  });

  it('many people write: the numbers are dense and the same for all', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const answers = await times(30, (index) =>
      (index % 2 ? cora : agent).post(
        `/api/tickets/${id}/messages`,
        aMessage({ kind: index % 6 === 0 ? 'note' : 'chat' }),
      ),
    );
    expect(withStatus(answers, 201)).toHaveLength(30);
    const { body: staff } = await agent.get(`/api/tickets/${id}/events?limit=100`);
    const { body: customer } = await cora.get(`/api/tickets/${id}/events?limit=100`);
    const seqs = (events: { seq: number }[]) => events.map(({ seq }) => seq);
    expect(seqs(staff)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(seqs(customer)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    const visible = staff.filter(({ data }: Answer['body']) => data.message?.kind !== 'note');
    expect(customer.map(({ id: eventId }: { id: string }) => eventId)).toEqual(
      visible.map(({ id: eventId }: { id: string }) => eventId),
    );
  });

  it('one ticket is deleted and changed: it stays deleted', async () => {
    const agent = await api.given.agent();
    for (let round = 0; round < 5; round += 1) {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const [deleted, changed, claimed] = await Promise.all([
        cora.delete(`/api/tickets/${id}`),
        agent.patch(`/api/tickets/${id}`, { subject: 'Changed' }),
        agent.post(`/api/tickets/${id}/claim`),
      ]);
      expectStatus(204, deleted);
      for (const answer of [changed, claimed]) expect([200, 404]).toContain(answer.status);
      expect((await agent.get(`/api/tickets/${id}`)).status).toBe(404);
    }
  });

  it('one staged file is named by two messages: one gets it', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const file = new FormData();
    file.append('file', new Blob(['%PDF-1.4\nstartxref\n0\n%%EOF\n'], { type: 'application/pdf' }), 'a.pdf');
    const { body: staged } = expectStatus(201, await agent.post(`/api/tickets/${id}/attachments`, file));
    const answers = await times(4, () =>
      agent.post(`/api/tickets/${id}/messages`, aMessage({ attachmentIds: [staged.id] })),
    );
    expect(withStatus(answers, 201)).toHaveLength(1);
    expect(withStatus(answers, 400)).toHaveLength(3);
  });

  it('one category name is given ten times: there is one category', async () => {
    const admin = await api.given.admin();
    const name = `Shelf ${newId()}`;
    const answers = await times(10, () => admin.post('/api/categories', { name }));
    expect(withStatus(answers, 201)).toHaveLength(1);
    expect(withStatus(answers, 409)).toHaveLength(9);
  });

  it('several fields of a category are set: none is lost', async () => {
    const admin = await api.given.admin();
    for (let round = 0; round < 5; round += 1) {
      const { body: category } = await admin.post('/api/categories', { name: `Shelf ${newId()}` });
      const name = `Rack ${newId()}`;
      const changes = [{ name }, { hint: 'Up there' }, { archived: true }];
      const path = `/api/categories/${category.id}`;
      for (const answer of await Promise.all(changes.map((change) => admin.patch(path, change))))
        expectStatus(200, answer);
      expect((await admin.patch(path, {})).body).toMatchObject({ name, hint: 'Up there', archived: true });
    }
  });

  it('one person is invited five times: there is one invitation', async () => {
    const admin = await api.given.admin();
    const email = `ines-${newId()}@example.com`;
    const answers = await times(5, () => admin.post('/api/users', { email, name: 'Ines', role: 'agent' }));
    expect(withStatus(answers, 201)).toHaveLength(1);
    expect(withStatus(answers, 409)).toHaveLength(4);
    const { body: mails } = await admin.get('/api/mails?limit=100');
    expect(mails.filter(({ to }: { to: string }) => to === email)).toHaveLength(1);
  });

  it('several preferences are set: none is lost', async () => {
    const cora = await api.given.customer();
    const changes = [
      { sound: false },
      { theme: 'dark' },
      { language: 'de' },
      { takeBackSeconds: 10 },
      { email: { messages: false } },
      { email: { status: false } },
      { email: { assignments: false } },
    ];
    await Promise.all(changes.map((preferences) => cora.patch('/api/me', { preferences })));
    expect((await cora.get('/api/me')).body.preferences).toMatchObject({
      email: { messages: false, status: false, assignments: false },
      sound: false,
      theme: 'dark',
      language: 'de',
      takeBackSeconds: 10,
    });
  });

  it('a category is removed and used: the ticket has it, or it is gone', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    for (let round = 0; round < 5; round += 1) {
      const { body: category } = await admin.post('/api/categories', { name: `Shelf ${newId()}` });
      const [removed, opened] = await Promise.all([
        admin.delete(`/api/categories/${category.id}`),
        cora.post('/api/tickets', { subject: 'a', description: 'b', categoryId: category.id }),
      ]);
      expect([
        [204, 400],
        [409, 201],
      ]).toContainEqual([removed.status, opened.status]);
    }
  });

  it('somebody signs out and refreshes: no living sign-in is left', async () => {
    for (let round = 0; round < 5; round += 1) {
      const cora = await api.given.customer();
      const answers = await Promise.all([
        api.anyone.post('/api/auth/refresh', undefined, cora.cookie),
        api.anyone.post('/api/auth/logout', undefined, cora.cookie),
        api.anyone.post('/api/auth/refresh', undefined, cora.cookie),
      ]);
      expect(answers.every(({ status }) => status < 500)).toBe(true);
      expect((await cora.get('/api/me')).status).toBe(401);
    }
  });
});
