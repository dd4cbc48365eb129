import { newId } from '../src/common';
import { expectStatus, PASSWORD, problem, testApi } from './support/api-client';
import { form, jpeg, pdf, png } from './support/files';

const api = testApi();

describe('the life of a ticket', () => {
  it('goes from registration to a closed record, with files, chat, comment, note and priority', async () => {
    const email = `cora-${newId()}@example.com`;
    expectStatus(201, await api.anyone.post('/api/auth/register', { email, password: PASSWORD, name: 'Cora' }));
    const { body: signedIn } = expectStatus(200, await api.login(email));
    const cora = await api.device(signedIn.user);
    const { body: categories } = await cora.get('/api/categories');

    const opened = await cora.post(
      '/api/tickets',
      form(
        { subject: ' The printer prints blank pages ', description: ' Since Monday. ', categoryId: categories[1].id },
        [
          { bytes: await png(), name: 'screen.png', type: 'image/png' },
          { bytes: await jpeg(), name: 'photo.jpg', type: 'image/jpeg' },
          { bytes: pdf(), name: 'invoice.pdf', type: 'application/pdf' },
        ],
      ),
    );
    const { id } = opened.body;
    expect(opened).toMatchObject({
      status: 201,
      headers: { location: `/api/tickets/${id}`, etag: '"1"' },
      body: {
        subject: 'The printer prints blank pages',
        description: ' Since Monday. ',
        status: 'open',
        priority: 'medium',
        category: { id: categories[1].id, name: categories[1].name },
        requester: { id: cora.id, name: 'Cora', role: 'customer' },
        assignee: null,
        version: 1,
        attachments: [
          { filename: 'screen.png', mediaType: 'image/png', width: 40, height: 30 },
          { filename: 'photo.jpg', mediaType: 'image/jpeg' },
          { filename: 'invoice.pdf', mediaType: 'application/pdf' },
        ],
      },
    });
    for (const { url } of opened.body.attachments) expect((await api.anyone.get(url)).status).toBe(200);

    const ana = await api.given.agent({ name: 'Ana' });
    expect(await ana.post(`/api/tickets/${id}/claim`)).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { status: 'in_progress', assignee: { id: ana.id, name: 'Ana' }, version: 2 },
    });

    const comment = await ana.post(`/api/tickets/${id}/comments`, { text: 'We are looking into it.' });
    expect(comment).toMatchObject({ status: 201, body: { kind: 'comment', text: 'We are looking into it.' } });
    const said = await api.given.message(cora, id, { body: 'Thank you!' });
    await api.given.message(ana, id, { kind: 'note', body: 'Looks like the cartridge.' });
    expectStatus(200, await ana.put(`/api/tickets/${id}/priority`, { priority: 'high' }));
    expect((await cora.get(`/api/tickets/${id}`)).body).toMatchObject({
      priority: 'high',
      version: 3,
      firstRespondedAt: comment.body.createdAt,
      lastMessage: { author: { id: cora.id }, excerpt: 'Thank you!', at: said.createdAt },
    });

    const resolved = await ana.put(`/api/tickets/${id}/status`, { status: 'resolved' });
    expect(resolved.body).toMatchObject({ status: 'resolved', resolvedAt: expect.any(String), closedAt: null });
    const closed = await cora.put(`/api/tickets/${id}/status`, { status: 'closed' });
    expect(closed.body).toMatchObject({ status: 'closed', closedAt: expect.any(String), version: 5 });

    const { body: events } = await cora.get(`/api/tickets/${id}/events`);
    expect(events.map(({ seq, type }: { seq: number; type: string }) => [seq, type])).toEqual([
      [1, 'ticket.created'],
      [2, 'assignee.changed'],
      [3, 'status.changed'],
      [4, 'message.created'],
      [5, 'message.created'],
      [6, 'priority.changed'],
      [7, 'status.changed'],
      [8, 'status.changed'],
    ]);
    expect(events[1].data).toEqual({ from: null, to: expect.objectContaining({ id: ana.id, name: 'Ana' }) });
    expect(events[5].data).toEqual({ from: 'medium', to: 'high' });
    const { body: staffEvents } = await ana.get(`/api/tickets/${id}/events`);
    expect(staffEvents.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('begins anew when the customer writes on a resolved ticket', async () => {
    for (const kind of ['chat', 'comment']) {
      const cora = await api.given.customer();
      const ticket = await api.given.ticketIn('resolved', { by: cora });
      await api.given.message(cora, ticket.id, { kind, body: 'It is back.' });
      expect((await cora.get(`/api/tickets/${ticket.id}`)).body).toMatchObject({ status: 'open', resolvedAt: null });
      const { body: events } = await cora.get(`/api/tickets/${ticket.id}/events`);
      expect(events.slice(-2)).toMatchObject([
        { type: 'message.created' },
        { type: 'status.changed', data: { from: 'resolved', to: 'open' }, actor: { id: cora.id } },
      ]);
    }
  });

  it('is not begun anew by staff, nor by what staff write', async () => {
    const agent = await api.given.agent();
    const ticket = await api.given.ticketIn('resolved');
    for (const kind of ['chat', 'comment', 'note']) await api.given.message(agent, ticket.id, { kind });
    expect((await agent.get(`/api/tickets/${ticket.id}`)).body.status).toBe('resolved');
  });
});

describe('a closed ticket', () => {
  it('refuses every change of its customer but delete and read mark', async () => {
    const cora = await api.given.customer();
    const open = await api.given.ticket({ by: cora });
    const said = await api.given.message(cora, open.id);
    const agent = await api.given.agent();
    expectStatus(200, await agent.put(`/api/tickets/${open.id}/status`, { status: 'closed' }));
    const path = `/api/tickets/${open.id}`;
    const refused = [
      await cora.post(`${path}/messages`, { clientMsgId: newId(), kind: 'chat', body: 'Hello?' }),
      await cora.post(`${path}/messages`, { clientMsgId: newId(), kind: 'comment', body: 'Hello?' }),
      await cora.post(`${path}/comments`, { text: 'Hello?' }),
      await cora.patch(path, { subject: 'Another' }),
      await cora.put(`${path}/status`, { status: 'open' }),
      await cora.put(`${path}/status`, { status: 'resolved' }),
      await cora.put(`${path}/priority`, { priority: 'urgent' }),
      await cora.patch(`${path}/messages/${said.id}`, { body: 'Changed' }),
      await cora.delete(`${path}/messages/${said.id}`),
      await cora.post(
        `${path}/attachments`,
        form({}, [{ bytes: await png(), name: 'a.png', type: 'image/png' }], 'file'),
      ),
    ];
    for (const answer of refused) expect(answer).toMatchObject(problem(409, 'ticket-closed'));
    expectStatus(204, await cora.put(`${path}/read`, { seq: 1 }));
    expectStatus(200, await cora.get(path));
    expectStatus(204, await cora.delete(path));
  });

  it('takes notes and comments of staff, but chat only after reopening', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticketIn('closed');
    const path = `/api/tickets/${id}/messages`;
    for (const kind of ['note', 'comment']) await api.given.message(agent, id, { kind });
    const chat = { clientMsgId: newId(), kind: 'chat', body: 'Hello?' };
    expect(await agent.post(path, chat)).toMatchObject(problem(409, 'ticket-closed'));
    expectStatus(200, await agent.put(`/api/tickets/${id}/status`, { status: 'open' }));
    expectStatus(201, await agent.post(path, chat));
  });

  it('answers a repeat of what was stored before it was closed', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const message = { clientMsgId: newId(), kind: 'chat', body: 'Hello' };
    const first = expectStatus(201, await cora.post(`/api/tickets/${id}/messages`, message));
    expectStatus(200, await agent.put(`/api/tickets/${id}/status`, { status: 'closed' }));
    const repeat = await cora.post(`/api/tickets/${id}/messages`, message);
    expect(repeat).toMatchObject({ status: 200, body: { duplicate: true, seq: first.body.seq } });
  });

  it('keeps chat of staff as it was said', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const chat = await api.given.message(agent, id);
    const note = await api.given.message(agent, id, { kind: 'note' });
    expectStatus(200, await agent.put(`/api/tickets/${id}/status`, { status: 'closed' }));
    const path = `/api/tickets/${id}/messages`;
    expect(await agent.patch(`${path}/${chat.id}`, { body: 'Changed' })).toMatchObject(problem(409, 'ticket-closed'));
    expectStatus(200, await agent.patch(`${path}/${note.id}`, { body: 'Changed' }));
  });
});

describe('a deleted ticket', () => {
  it('is gone for everyone until an admin restores it', async () => {
    const [cora, agent, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
    const { id } = await api.given.ticket({ by: cora });
    const said = await api.given.message(agent, id);
    expect((await cora.get('/api/tickets/counts')).body.unread).toBe(1);
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    for (const person of [cora, agent, admin]) {
      expect(await person.get(`/api/tickets/${id}`)).toMatchObject(problem(404, 'not-found'));
      expect(await person.get(`/api/tickets/${id}/events`)).toMatchObject(problem(404, 'not-found'));
      expect(await person.post(`/api/tickets/${id}/comments`, { text: 'x' })).toMatchObject(problem(404, 'not-found'));
      expect(await person.delete(`/api/tickets/${id}`)).toMatchObject(problem(404, 'not-found'));
      const { body: found } = await person.get(`/api/tickets?q=%23${id}`);
      expect(found.map((ticket: { id: number }) => ticket.id)).not.toContain(id);
    }
    expect((await cora.get('/api/tickets/counts')).body).toMatchObject({ all: 0, unread: 0 });
    expect(await agent.post(`/api/tickets/${id}/restore`)).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.post(`/api/tickets/${id}/restore`)).toMatchObject(problem(403, 'forbidden'));

    expect(await admin.post(`/api/tickets/${id}/restore`)).toMatchObject({ status: 200, body: { id, status: 'open' } });
    const { body: events } = await cora.get(`/api/tickets/${id}/events`);
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      'ticket.created',
      'message.created',
      'ticket.deleted',
      'ticket.restored',
    ]);
    expect(events[1].data.message.id).toBe(said.id);
    expect((await cora.get('/api/tickets/counts')).body).toMatchObject({ all: 1, unread: 1 });
  });

  it('can be restored once more without a trace, and not after 30 days', async () => {
    const [cora, admin] = [await api.given.customer(), await api.given.admin()];
    const { id } = await api.given.ticket({ by: cora });
    const before = (await cora.get(`/api/tickets/${id}/events`)).body.length;
    expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
    expect((await cora.get(`/api/tickets/${id}/events`)).body).toHaveLength(before);
    expectStatus(204, await admin.delete(`/api/tickets/${id}`));
    api.clock.forward(31 * 86_400_000);
    const later = await api.device(admin.account);
    expect(await later.post(`/api/tickets/${id}/restore`)).toMatchObject(problem(404, 'not-found'));
  });

  it('cannot be made by an agent, nor of a ticket of somebody else', async () => {
    const [agent, other] = [await api.given.agent(), await api.given.customer()];
    const { id } = await api.given.ticket();
    expect(await agent.delete(`/api/tickets/${id}`)).toMatchObject(problem(403, 'forbidden'));
    expect(await other.delete(`/api/tickets/${id}`)).toMatchObject(problem(403, 'forbidden'));
    expectStatus(200, await agent.get(`/api/tickets/${id}`));
  });

  it('takes its files along', async () => {
    const cora = await api.given.customer();
    const { body } = await cora.post(
      '/api/tickets',
      form({ subject: 'a', description: 'b' }, [{ bytes: await png(), name: 'a.png', type: 'image/png' }]),
    );
    const [{ id, url }] = body.attachments;
    expectStatus(204, await cora.delete(`/api/tickets/${body.id}`));
    expect(await api.anyone.get(url)).toMatchObject(problem(404, 'not-found'));
    expect(await cora.get(`/api/attachments/${id}`)).toMatchObject(problem(404, 'not-found'));
  });
});
