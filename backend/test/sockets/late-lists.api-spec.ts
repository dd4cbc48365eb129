import { setTimeout as sleep } from 'node:timers/promises';
import { Nodes } from '../../src/nodes';
import { testApi } from '../support/api-client';
import { MINUTE } from '../support/moved-clock';
import { testSockets } from './support/device';

/** Lists are told of a ticket once a second; on a busy machine that comes late. */
const OPENING_WAS_TOLD_MS = 2_000;

describe('lists that catch up from the database', () => {
  const api = testApi();
  const sockets = testSockets(api);

  it('tell a customer nothing of a ticket on which only notes were written of late', async () => {
    const [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    const { id: ticketId } = await api.given.ticket({ by: cora });
    await sleep(OPENING_WAS_TOLD_MS);
    api.clock.forward(11 * MINUTE);
    const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
    const isThis = (change: { ticketId: number }): boolean => change.ticketId === ticketId;
    await agent.say(ticketId, 'Between us', 'note');
    await agent.hears('ticket:changed', isThis);
    for (const device of [customer, agent]) device.forget();
    api.part(Nodes).emit('catchUp');
    await agent.hears('ticket:changed', isThis);
    expect(customer.names).not.toContain('ticket:changed');
  });
});
