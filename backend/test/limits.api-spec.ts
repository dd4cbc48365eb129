import { newId } from '../src/common';
import { refused, testSockets } from './sockets/support/device';
import { dense } from './sockets/support/merged';
import { aMessage, PASSWORD, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, png } from './support/files';

/** Asks until the answer is 429, and tells how often it was not. */
async function timesUntilRefused(
  ask: () => Promise<Answer>,
  most: number,
): Promise<{ times: number; refusal: Answer }> {
  for (let times = 0; times <= most; times += 1) {
    const answer = await ask();
    if (answer.status === 429) return { times, refusal: answer };
  }
  throw new Error(`Not refused within ${most} times.`);
}

describe('what one account may do', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '1' } });
  const sockets = testSockets(api);

  async function expectLimit(allowed: number, ask: () => Promise<Answer>): Promise<void> {
    const { times, refusal } = await timesUntilRefused(ask, allowed + 2);
    expect(times).toBe(allowed);
    expect(refusal).toMatchObject(problem(429, 'rate-limited'));
    expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refusal.headers['retry-after'])).toBeLessThanOrEqual(3_600);
  }

  it('is 30 new tickets an hour', async () => {
    const cora = await api.given.customer();
    await expectLimit(30, () => cora.post('/api/tickets', { subject: 'Help', description: 'Please.' }));
  }, 60_000);

  it('is 60 searches a minute; lists without words are not counted', async () => {
    const cora = await api.given.customer();
    await expectLimit(60, () => cora.get('/api/tickets?q=printer'));
    expect((await cora.get('/api/tickets')).status).toBe(200);
  }, 60_000);

  it('is 60 uploads an hour', async () => {
    const cora = await api.given.customer();
    const ticket = await api.given.ticket({ by: cora });
    const picture = { bytes: await png(), name: 'a.png', type: 'image/png' };
    await expectLimit(60, () => cora.post(`/api/tickets/${ticket.id}/attachments`, form({}, [picture], 'file')));
  }, 60_000);

  it('is 10 exports an hour', async () => {
    const admin = await api.given.admin();
    await expectLimit(10, () => admin.get('/api/audit/export?format=json'));
  });

  it('is 3 forgotten passwords an hour, whether there is such an account or not', async () => {
    const { email } = (await api.given.customer()).account;
    for (const address of [email, `nobody-${newId()}@example.com`])
      await expectLimit(3, () => api.anyone.post('/api/auth/password/forgot', { email: address }));
  });

  it('is 60 messages a minute, over both ways together', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const device = await sockets.connect(cora);
    for (const n of dense(1, 30)) await device.say(id, `${n}`);
    await expectLimit(30, () => cora.post(`/api/tickets/${id}/messages`, aMessage()));
    const answer = await device.askAnything('message:send', aMessage({ ticketId: id }));
    expect(answer).toEqual(refused('rate_limited', true));
    expect((await cora.post(`/api/tickets/${id}/comments`, { text: 'Another way' })).status).toBe(429);
  }, 60_000);
});

describe('what one peer address may do', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '1', TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' } });
  const register = (forwarded: string): Promise<Answer> =>
    api.anyone.post(
      '/api/auth/register',
      { email: `${newId()}@example.com`, password: PASSWORD },
      { 'x-forwarded-for': forwarded },
    );

  it('is 5 registrations an hour, for all addresses of an IPv6 network together', async () => {
    const from = (count: number) => `2001:db8:7:1::${count}`;
    const statuses: number[] = [];
    for (const n of dense(1, 6)) statuses.push((await register(from(n))).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
    expect((await register('2001:db8:7:1:ffff:ffff:ffff:ffff')).status).toBe(429);
    expect((await register('2001:db8:7:2::1')).status).toBe(201);
  }, 30_000);

  it('counts for an IPv4 address in either form', async () => {
    for (const n of dense(1, 5)) expect([n, (await register('192.0.2.50')).status]).toEqual([n, 201]);
    expect((await register('::ffff:192.0.2.50')).status).toBe(429);
    expect((await register('192.0.2.51')).status).toBe(201);
  }, 30_000);

  it('counts for the nearest address that is no proxy of ours, whatever stands before it', async () => {
    for (const n of dense(1, 5))
      expect([n, (await register(`203.0.113.${n}, 198.51.100.9, 10.1.2.3`)).status]).toEqual([n, 201]);
    expect((await register('203.0.113.99, 198.51.100.9, 10.9.9.9')).status).toBe(429);
    expect((await register('198.51.100.9')).status).toBe(429);
  }, 30_000);
});

describe('a network from which a person has signed in', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '1', TRUST_PROXY: '127.0.0.1' } });
  let cora: Person;

  it('stays open to them under another address of it while strangers guess', async () => {
    cora = await api.given.customer();
    const login = (address: string, password: string) =>
      api.anyone.post('/api/auth/login', { email: cora.account.email, password }, { 'x-forwarded-for': address });
    expect((await login('2001:db8:9:1::1', PASSWORD)).status).toBe(200);
    for (const n of dense(1, 10)) await login(`198.51.100.${n}`, 'a guess');
    expect((await login('198.51.100.77', PASSWORD)).status).toBe(429);
    expect((await login('2001:db8:9:1:abcd::2', PASSWORD)).status).toBe(200);
    expect((await cora.get('/api/me')).status).toBe(200);
  }, 30_000);
});
