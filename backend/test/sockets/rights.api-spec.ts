import { MESSAGE_METADATA } from '@nestjs/websockets/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Role } from '../../src/access';
import { newId } from '../../src/common';
import { testApi, type Person } from '../support/api-client';
import { EVENT_RIGHTS, promisedTo, TICKETS, type Scene, type TicketKind } from './rights-matrix';
import { testSockets } from './support/device';

const UNKNOWN_TICKET = 2_000_000_000;
const ROLES = ['customer', 'agent', 'admin'] as const;

describe('the rights matrix of socket events', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let callers: Record<Role, Person>;
  let somebody: Person;
  beforeAll(async () => {
    const [customer, agent, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
    callers = { customer, agent, admin };
    somebody = await api.given.customer();
  });

  function handledEvents(): string[] {
    const scanner = new MetadataScanner();
    return api
      .part(DiscoveryService)
      .getProviders()
      .flatMap(({ instance }) => {
        if (!instance || typeof instance !== 'object') return [];
        const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
        return scanner
          .getAllMethodNames(prototype)
          .map((name) => Reflect.getMetadata(MESSAGE_METADATA, prototype[name]) as string | undefined)
          .filter((event) => event !== undefined);
      });
  }

  async function sceneOf(caller: Person, kind: TicketKind): Promise<Scene> {
    const owner = kind === 'own' ? caller : somebody;
    const { accessToken } = caller.signIn;
    if (kind === 'unknown') return { ticketId: UNKNOWN_TICKET, messageId: newId(), accessToken };
    const { id } = await api.given.ticket({ by: owner });
    return { ticketId: id, messageId: (await api.given.message(owner, id, { kind: 'chat' })).id, accessToken };
  }

  it('decides about every event that is handled, and about no other', () => {
    expect(Object.keys(EVENT_RIGHTS).sort()).toEqual(handledEvents().sort());
  });

  it.each(ROLES.flatMap((role) => TICKETS.map((kind) => [role, kind] as const)))(
    'holds for a %s and a ticket that is %s',
    async (role, kind) => {
      const device = await sockets.connect(callers[role]);
      const seen: Record<string, string> = {};
      for (const [event, rights] of Object.entries(EVENT_RIGHTS)) {
        const answer = (await device.askAnything(event, rights.payload(await sceneOf(callers[role], kind)))) as {
          ok: boolean;
          error?: { code: string };
        };
        seen[event] = answer.ok ? 'ok' : (answer.error?.code ?? 'no code');
      }
      const promised = Object.entries(EVENT_RIGHTS).map(([event, rights]) => [
        event,
        promisedTo(rights, role !== 'customer', kind),
      ]);
      expect(seen).toEqual(Object.fromEntries(promised));
    },
  );
});
