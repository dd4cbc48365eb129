import type { Probe } from '../checker/observations';
import type { CustomersTickets } from '../stage';
import { request, granted, type HttpAnswer } from '../clients/http';

/**
 * Looks at all numbers that tell a customer about a ticket. Undefined when something public happened while it looked, for
 * then the numbers are of two moments.
 */
export async function probe(customers: CustomersTickets, origin: string): Promise<Probe | undefined> {
  const { desk, customer, ticketId } = customers;
  const get = async (path: string): Promise<HttpAnswer> => {
    const answer = await request(`${origin}/api${path}`, { token: desk.token });
    granted(answer);
    return answer;
  };
  const before = await headsOf(customers, get);
  const [ticket, list, counts] = [
    await get(`/tickets/${ticketId}`),
    await get('/tickets?sort=-updatedAt&limit=100'),
    await get('/tickets/counts'),
  ];
  const after = await headsOf(customers, get);
  if (before.join() !== after.join()) return undefined;
  const { unread: unreadTickets, ...others } = counts.body;
  return {
    client: customer.name,
    ticketId,
    head: after[0] ?? 0,
    etag: ticket.headers.get('etag') ?? '',
    version: ticket.body.version,
    updatedAt: ticket.body.updatedAt,
    lastMessage: JSON.stringify(ticket.body.lastMessage?.excerpt ?? null),
    unread: ticket.body.unread,
    unreadTickets,
    counts: JSON.stringify(others),
    order: list.body.map(({ id }: { id: number }) => id).join(),
    allHeads: after.join(),
  };
}

const headsOf = (
  { ticketId, quietId }: CustomersTickets,
  get: (path: string) => Promise<HttpAnswer>,
): Promise<number[]> =>
  Promise.all(
    [ticketId, quietId].map(async (id) =>
      Number((await get(`/tickets/${id}/events?limit=1`)).headers.get('parley-head')),
    ),
  );
