import { SignInsService } from '../../src/auth';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { testSockets } from './support/device';
import { aToken } from './support/tokens';

const OWN_ORIGIN = 'https://help.example.com';

describe('the handshake', () => {
  const api = testApi({ env: { PUBLIC_URL: OWN_ORIGIN, ALLOWED_ORIGINS: `${OWN_ORIGIN},http://other.example:8080` } });
  const sockets = testSockets(api);
  let cora: Person;
  beforeAll(async () => {
    cora = await api.given.customer();
  });

  describe.each([['websocket'], ['polling']])('over %s', (transport) => {
    const over = { transports: [transport] };

    it('lets in whoever has a token', async () => {
      const device = await sockets.connect(cora, over);
      expect(device.socket.connected).toBe(true);
      await expect(device.ask('presence:set', { state: 'online' })).resolves.toEqual({ ok: true });
    });

    it.each([
      ['no token', () => undefined],
      ['an empty token', () => ({ token: '' })],
      ['garbage', () => ({ token: 'garbage' })],
      ['a number', () => ({ token: 42 })],
      ['an object', () => ({ token: { toString: 'x' } })],
      ['an array with a good token', () => ({ token: [cora.signIn.accessToken] })],
      ['a refresh token', () => ({ token: cora.signIn.refreshToken })],
      ['an expired token', () => ({ token: aToken(api, cora, { expiresIn: -120 }) })],
      ['a token of another secret', () => ({ token: aToken(api, cora, { key: 'x'.repeat(32) }) })],
      ['a token for another purpose', () => ({ token: aToken(api, cora, { typ: 'file' }) })],
      ['a token of another issuer', () => ({ token: aToken(api, cora, { issuer: 'somebody' }) })],
      ['a token for another audience', () => ({ token: aToken(api, cora, { audience: 'other-api' }) })],
      ['an unsigned token', () => ({ token: unsigned(cora.signIn.accessToken) })],
      ['a token whose owner was exchanged', () => ({ token: exchanged(cora.signIn.accessToken) })],
    ])('refuses %s', async (_what, auth) => {
      const error = await sockets.refusal({ ...over, auth: auth() });
      expect(error).toMatchObject({ message: 'unauthenticated', data: { code: 'unauthenticated' } });
    });

    it('does not take a token from the address or a header', async () => {
      const token = cora.signIn.accessToken;
      const withQuery = await sockets.refusal({ ...over, query: { token } });
      const withHeader = await sockets.refusal({ ...over, extraHeaders: { authorization: `Bearer ${token}` } });
      expect([withQuery.message, withHeader.message]).toEqual(['unauthenticated', 'unauthenticated']);
    });

    it('refuses a token whose sign-in has ended', async () => {
      const device = await api.device(cora.account);
      await api.part(SignInsService).endOne(device.id, device.signIn.id);
      const error = await sockets.refusal({ ...over, auth: { token: device.signIn.accessToken } });
      expect(error.message).toBe('unauthenticated');
    });

    it.each([OWN_ORIGIN, 'http://other.example:8080'])('lets in pages of %s', async (origin) => {
      const device = await sockets.connect(cora, { ...over, extraHeaders: { origin } });
      expect(device.socket.connected).toBe(true);
    });

    it.each([
      'https://evil.test',
      'null',
      'https://help.example.com.evil.test',
      'https://evil-help.example.com',
      'http://help.example.com',
      'https://help.example.com:8443',
      'http://other.example',
      '*',
    ])('refuses pages of %s, whoever they are signed in as', async (origin) => {
      const auth = { token: cora.signIn.accessToken };
      const error = await sockets.refusal({ ...over, auth, extraHeaders: { origin } });
      expect(error.message).toMatch(/^(?:websocket|xhr poll) error$/);
    });
  });

  it('knows one namespace only', async () => {
    const error = await sockets.refusal({ auth: { token: cora.signIn.accessToken } }, '/admin');
    expect(error.message).toBe('Invalid namespace');
  });

  it('handles nothing that was sent before it', async () => {
    const ticket = await api.given.ticket({ by: cora });
    const address = `${api.url}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(address)).text();
    const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
    const message = { ticketId: ticket.id, clientMsgId: crypto.randomUUID(), kind: 'chat', body: 'Let me in' };
    const session = `${address}&sid=${sid}`;
    await fetch(session, { method: 'POST', body: `42${JSON.stringify(['message:send', message])}` });
    const goodbye = await fetch(session);
    await expect(goodbye.text()).resolves.toMatch(/1$/);
    const { body: messages } = expectStatus(200, await cora.get(`/api/tickets/${ticket.id}/messages`));
    expect(messages).toEqual([]);
  });

  it('lets a person have ten sockets, and one more when one is gone', async () => {
    const carl = await api.given.customer();
    const devices = await Promise.all(Array.from({ length: 10 }, () => sockets.connect(carl)));
    const error = await sockets.refusal({ auth: { token: carl.signIn.accessToken } });
    expect(error).toMatchObject({ message: 'rate_limited', data: { code: 'rate_limited' } });
    devices[0].socket.disconnect();
    await expect(sockets.connect(await api.device(carl.account))).resolves.toBeDefined();
    expect(devices.slice(1).every(({ socket }) => socket.connected)).toBe(true);
  });

  it('lets no more than ten in when twenty knock at once', async () => {
    const carl = await api.given.customer();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => sockets.connect(carl)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function unsigned(token: string): string {
  const [, claims] = token.split('.');
  return `${part({ alg: 'none', typ: 'JWT' })}.${claims}.`;
}

function exchanged(token: string): string {
  const [header, claims, signature] = token.split('.');
  const others = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), sub: crypto.randomUUID() };
  return `${header}.${part(others)}.${signature}`;
}
