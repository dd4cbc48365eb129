import { newId } from '../../../src/common';
import { expectStatus, PASSWORD, type Person } from '../../support/api-client';
import type { Device } from '../support/device';
import { describeWithRedis, twoNodes } from './support/two-nodes';

/** What was withdrawn ends within this time, on the sockets of all nodes. */
const AT_ONCE_MS = 5_000;
/** And much sooner while the nodes can tell each other. */
const TOLD_MS = 1_500;

describeWithRedis('what was withdrawn on one node', () => {
  const nodes = twoNodes();
  const { one, two } = nodes;
  let ana: Person;
  let phone: Person;
  let devices: Device[];
  let ticketId: number;

  const connectEverywhere = async (): Promise<void> => {
    ana = await one.api.given.agent();
    phone = await one.api.device(ana.account);
    ticketId = (await one.api.given.ticket()).id;
    devices = await Promise.all([one.sockets.connect(ana), two.sockets.connect(ana), two.sockets.connect(phone)]);
    await Promise.all(devices.map((device) => device.follow(ticketId)));
  };

  const ends = async (gone: Device[], reason: string, withinMs: number): Promise<void> => {
    await Promise.all(gone.map((device) => device.isClosed(withinMs)));
    for (const device of gone) expect(device.heard('session:ended')).toEqual([{ reason }]);
  };

  const cases = (withinMs: number, reason: (known: string) => string): void => {
    it('by signing out ends this sign-in on the other, and no other sign-in', async () => {
      expectStatus(204, await ana.post('/api/auth/logout', undefined, ana.cookie));
      await ends([devices[1]], reason('signed-out'), withinMs);
      await ends([devices[0]], 'signed-out', TOLD_MS);
      await expect(devices[2].follow(ticketId)).resolves.toBeDefined();
    });

    it('by an admin who disables the person ends all sockets on both, and what was being sent', async () => {
      const admin = await one.api.given.admin();
      expectStatus(200, await admin.patch(`/api/users/${ana.id}`, { active: false }));
      const late = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'One more word' } as const;
      devices[2].ask('message:send', late).catch(() => undefined);
      await ends(devices.slice(1), reason('disabled'), withinMs);
      await ends([devices[0]], 'disabled', TOLD_MS);
      await expect(one.api.rows('SELECT id FROM messages WHERE clientMsgId = ?', [late.clientMsgId])).resolves.toEqual(
        [],
      );
    });

    it('by a new password ends the other sign-ins on the other', async () => {
      const change = { currentPassword: PASSWORD, newPassword: 'another horse, another battery' };
      expectStatus(204, await ana.post('/api/auth/password/change', change, ana.cookie));
      await ends([devices[2]], reason('password-changed'), withinMs);
      await expect(devices[1].follow(ticketId)).resolves.toBeDefined();
    });

    it('by a change of role leaves all rooms on the other', async () => {
      const admin = await one.api.given.admin();
      expectStatus(200, await admin.patch(`/api/users/${ana.id}`, { role: 'customer' }));
      await Promise.all(devices.map((device) => device.hears('rights:changed', undefined, withinMs)));
      devices.forEach((device) => device.forget());
      const colleague = await two.api.given.agent();
      await two.api.given.message(colleague, ticketId, { kind: 'note' });
      await expect(devices[1].ask('ticket:subscribe', { ticketId, after: 0 })).resolves.toMatchObject({ ok: false });
      expect(devices.flatMap(({ names }) => names)).toEqual([]);
    });

    it('by deleting a ticket lets nobody follow it on the other', async () => {
      const admin = await one.api.given.admin();
      expectStatus(204, await admin.delete(`/api/tickets/${ticketId}`));
      const removed = devices.map((device) =>
        device.hears('ticket:removed', (removal) => removal.ticketId === ticketId, withinMs),
      );
      await Promise.all(removed);
      expectStatus(200, await admin.post(`/api/tickets/${ticketId}/restore`));
      const again = await devices[0].follow(ticketId);
      expect(again.viewers?.map(({ id }) => id)).toEqual([ana.id]);
    });
  };

  describe('while the nodes can tell each other', () => {
    beforeEach(connectEverywhere);
    cases(TOLD_MS, (known) => known);
  });

  describe('while Redis is away', () => {
    beforeAll(async () => {
      await nodes.redis.stop();
      await nodes.areApart();
    });
    beforeEach(connectEverywhere);
    // The other node finds out by itself, and not why.
    cases(AT_ONCE_MS, () => 'signed-out');
  });
});
