import request from 'supertest';
import { startTestApp, type TestApp } from './support/test-app';

describe('a fresh application', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await startTestApp();
  });
  afterAll(() => api.close());

  it('takes a customer from registration to a first ticket', async () => {
    const person = { email: 'Cora@Example.com', password: 'correct horse battery', name: 'Cora' };
    await request(api.url).post('/api/auth/register').send(person).expect(201);
    const { body: signedIn } = await request(api.url)
      .post('/api/auth/login')
      .send({ email: 'cora@example.com', password: person.password })
      .expect(200);
    const { body: ticket, headers } = await request(api.url)
      .post('/api/tickets')
      .auth(signedIn.accessToken, { type: 'bearer' })
      .send({ subject: 'Hello', description: 'World' })
      .expect(201);
    expect(ticket).toMatchObject({
      id: 1001,
      status: 'open',
      priority: 'medium',
      version: 1,
      unread: 0,
      attachments: [],
    });
    expect(headers).toMatchObject({ location: '/api/tickets/1001', etag: '"1"' });
    const { body: events } = await request(api.url)
      .get('/api/tickets/1001/events')
      .auth(signedIn.accessToken, { type: 'bearer' })
      .expect(200);
    expect(events).toMatchObject([{ seq: 1, type: 'ticket.created' }]);
  });
});
