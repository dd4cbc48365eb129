import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { SignIn } from '../../src/auth/sign-in.entity';
import { newId } from '../../src/common';
import { User } from '../../src/users';
import { expectStatus, PASSWORD, testApi, type Person } from '../support/api-client';
import { MINUTE } from '../support/moved-clock';
import { granted, refused, testSockets, type Device } from './support/device';
import { aToken } from './support/tokens';

/** What was withdrawn ends within this time, on open sockets too. */
const AT_ONCE_MS = 5_000;

describe('what was withdrawn', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let ana: Person;
  let laptop: Person;
  let ticketId: number;
  beforeEach(async () => {
    ana = await api.given.agent();
    laptop = await api.device(ana.account);
    ticketId = (await api.given.ticket()).id;
  });

  const endsWith = async (device: Device, reason: string): Promise<void> => {
    await expect(device.isClosed(AT_ONCE_MS)).resolves.toBe('io server disconnect');
    expect(device.heard('session:ended')).toEqual([{ reason }]);
  };

  it('by signing out ends the sockets of this device, and of no other', async () => {
    const [one, tab, other] = await Promise.all([ana, ana, laptop].map((person) => sockets.connect(person)));
    expectStatus(204, await ana.post('/api/auth/logout', undefined, ana.cookie));
    await Promise.all([one, tab].map((device) => endsWith(device, 'signed-out')));
    await expect(other.follow(ticketId)).resolves.toBeDefined();
    expect(other.names).not.toContain('session:ended');
  });

  it('by signing out everywhere ends all sockets', async () => {
    const devices = await Promise.all([ana, laptop].map((person) => sockets.connect(person)));
    expectStatus(204, await ana.post('/api/auth/logout-all', undefined, ana.cookie));
    await Promise.all(devices.map((device) => endsWith(device, 'signed-out')));
  });

  it('by a new password ends all sockets but those of the device it was changed on', async () => {
    const [own, other] = await Promise.all([ana, laptop].map((person) => sockets.connect(person)));
    const change = { currentPassword: PASSWORD, newPassword: 'another horse, another battery' };
    expectStatus(204, await ana.post('/api/auth/password/change', change, ana.cookie));
    await endsWith(other, 'password-changed');
    await expect(own.follow(ticketId)).resolves.toBeDefined();
  });

  it('by an admin who disables the person ends all sockets, and lets no event through any more', async () => {
    const admin = await api.given.admin();
    const devices = await Promise.all([ana, laptop].map((person) => sockets.connect(person)));
    await Promise.all(devices.map((device) => device.follow(ticketId)));
    expectStatus(200, await admin.patch(`/api/users/${ana.id}`, { active: false }));
    const late = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'One more word' } as const;
    devices[0].ask('message:send', late).catch(() => undefined);
    await Promise.all(devices.map((device) => endsWith(device, 'disabled')));
    await expect(api.rows('SELECT id FROM messages WHERE clientMsgId = ?', [late.clientMsgId])).resolves.toEqual([]);
    const error = await sockets.refusal({ auth: { token: ana.signIn.accessToken } });
    expect(error.message).toBe('unauthenticated');
  });

  it('behind the back of this process is noticed by the next event, and by a look at the database', async () => {
    const [busy, idle] = await Promise.all([ana, ana].map((person) => sockets.connect(person)));
    await api.part(DataSource).manager.update(SignIn, { id: ana.signIn.id }, { endedAt: new Date() });
    await expect(busy.ask('ticket:sync', { ticketId, after: 0 })).resolves.toEqual(refused('unauthenticated'));
    await Promise.all([busy, idle].map((device) => endsWith(device, 'signed-out')));
  });

  it('behind the back of this process is not kept by going on with a new token', async () => {
    const device = await sockets.connect(ana);
    await device.follow(ticketId);
    await api.part(DataSource).manager.update(User, { id: ana.id }, { role: 'customer' });
    granted(await device.ask('auth:refresh', { token: laptop.signIn.accessToken }));
    await expect(device.hears('rights:changed', undefined, AT_ONCE_MS + 1_000)).resolves.toEqual({ role: 'customer' });
    device.forget();
    await api.given.message(await api.given.agent(), ticketId, { kind: 'note' });
    await sleep(1_100);
    expect(device.names).toEqual([]);
  });

  it('in the very moment of subscribing opens no ticket', async () => {
    const device = await sockets.connect(ana);
    await api.part(DataSource).manager.update(User, { id: ana.id }, { role: 'customer' });
    const own = await api.given.ticket({ by: ana });
    await expect(device.ask('ticket:subscribe', { ticketId: own.id, after: 0 })).resolves.toEqual(
      refused('unavailable', true),
    );
    await device.hears('rights:changed', undefined, AT_ONCE_MS + 1_000);
    await expect(device.follow(own.id)).resolves.toMatchObject({ audience: 'public' });
  });

  describe('by time', () => {
    it('ends a socket whose token ran out, unless it went on with a new one', async () => {
      const [forgetful, careful] = await Promise.all([ana, laptop].map((person) => sockets.connect(person)));
      await careful.follow(ticketId);
      const token = aToken(api, laptop, { expiresIn: 7_200 });
      await expect(careful.ask('auth:refresh', { token })).resolves.toEqual({ ok: true });
      api.clock.forward(20 * MINUTE);
      await expect(forgetful.isClosed(15_000)).resolves.toBe('io server disconnect');
      expect(forgetful.heard('session:ended')).toEqual([{ reason: 'expired' }]);
      const { seq } = await careful.say(ticketId, 'Still here');
      await careful.hearsSeq(ticketId, seq);
      expect(careful.names).not.toContain('session:ended');
    });

    it('is not put off by a token that is not good', async () => {
      const device = await sockets.connect(ana);
      const other = await api.given.agent();
      for (const token of ['garbage', aToken(api, ana, { expiresIn: -120 }), other.signIn.accessToken])
        await expect(device.ask('auth:refresh', { token })).resolves.toEqual(refused('unauthenticated'));
      await expect(device.ask('auth:refresh', { token: laptop.signIn.accessToken })).resolves.toEqual({ ok: true });
    });

    it('follows the sign-in of the new token, not that of the old one', async () => {
      const device = await sockets.connect(ana);
      granted(await device.ask('auth:refresh', { token: laptop.signIn.accessToken }));
      expectStatus(204, await ana.post('/api/auth/logout', undefined, ana.cookie));
      await sleep(100);
      await expect(device.follow(ticketId)).resolves.toBeDefined();
      expectStatus(204, await laptop.post('/api/auth/logout', undefined, laptop.cookie));
      await endsWith(device, 'signed-out');
    });
  });
});
