import { newId } from '../src/common';
import { aMessage, expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';
import { testSockets } from './sockets/support/device';

const api = testApi();
const sockets = testSockets(api);

const STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;
type Status = (typeof STATUSES)[number];
const ACTORS = ['owner', 'stranger', 'agent', 'admin'] as const;
type ActorName = (typeof ACTORS)[number];
type Steps = Readonly<Record<Status, readonly Status[]>>;

/** What the contract says, and not what the product has. */
const STAFF_STEPS: Steps = {
  open: ['in_progress', 'resolved', 'closed'],
  in_progress: ['resolved', 'closed'],
  resolved: ['open', 'in_progress', 'closed'],
  closed: ['open'],
};
const OWNER_STEPS: Steps = {
  open: ['resolved', 'closed'],
  in_progress: ['resolved', 'closed'],
  resolved: ['open', 'closed'],
  closed: [],
};

type Outcome = 'stays' | 'moves' | 'forbidden' | 'not-theirs' | 'invalid-transition' | 'ticket-closed';

function outcomeOf(actor: ActorName, from: Status, to: Status): Outcome {
  if (actor === 'stranger') return 'not-theirs';
  if (from === to) return 'stays';
  if (stepsOf(actor, from).includes(to)) return 'moves';
  if (actor === 'owner' && from === 'closed') return 'ticket-closed';
  return STAFF_STEPS[from].includes(to) ? 'forbidden' : 'invalid-transition';
}

const stepsOf = (actor: ActorName, from: Status): readonly Status[] =>
  (actor === 'owner' ? OWNER_STEPS : STAFF_STEPS)[from];

const CASES = ACTORS.flatMap((actor) =>
  STATUSES.flatMap((from) => STATUSES.map((to) => [actor, from, to, outcomeOf(actor, from, to)] as const)),
);

let people: Record<ActorName, Person>;
beforeAll(async () => {
  const [owner, stranger, agent, admin] = await Promise.all([
    api.given.customer(),
    api.given.customer(),
    api.given.agent(),
    api.given.admin(),
  ]);
  people = { owner, stranger, agent, admin };
});

/** A ticket of the owner in a status, and how many events lead to it. */
async function ticketIn(status: Status): Promise<{ id: number; path: string; version: number }> {
  const { id } = await api.given.ticket({ by: people.owner });
  const path = `/api/tickets/${id}`;
  if (status !== 'open') expectStatus(200, await people.admin.put(`${path}/status`, { status }));
  return { id, path, version: status === 'open' ? 1 : 2 };
}

/** Where the ticket is now, and what the timeline says of its steps. */
async function storyOf(path: string): Promise<{ status: Status; version: number; steps: [Status, Status][] }> {
  const { body: ticket } = expectStatus(200, await people.admin.get(path));
  const { body: events } = expectStatus(200, await people.admin.get(`${path}/events?limit=100`));
  const changes = (events as { type: string; data: { from: Status; to: Status } }[]).filter(
    ({ type }) => type === 'status.changed',
  );
  const steps = changes.map(({ data: { from, to } }): [Status, Status] => [from, to]);
  return { status: ticket.status, version: ticket.version, steps };
}

/** The ticket has taken exactly this one step since it was brought to where it was, or none. */
async function expectTaken(ticket: { path: string; version: number }, from: Status, to: Status): Promise<void> {
  const { status, version, steps } = await storyOf(ticket.path);
  expect([status, version]).toEqual(from === to ? [from, ticket.version] : [to, ticket.version + 1]);
  expect(steps.slice(ticket.version - 1)).toEqual(from === to ? [] : [[from, to]]);
}

describe('a step of a ticket', () => {
  it.each(CASES)('by the %s from %s to %s: %s', async (actor, from, to, outcome) => {
    const ticket = await ticketIn(from);
    const answer = await people[actor].put(`${ticket.path}/status`, { status: to });
    const allowed = stepsOf(actor, from);
    if (outcome === 'moves' || outcome === 'stays') expect(answer).toMatchObject({ status: 200, body: { status: to } });
    else if (outcome === 'not-theirs') expect(answer).toMatchObject(problem(403, 'forbidden'));
    else if (outcome === 'forbidden') expect(answer).toMatchObject(problem(403, 'forbidden', { allowed }));
    else expect(answer).toMatchObject(problem(409, outcome, { allowed }));
    await expectTaken(ticket, from, outcome === 'moves' ? to : from);
  });
});

describe('the same step for many tickets', () => {
  it.each([
    ['agent', 'open'],
    ['agent', 'in_progress'],
    ['agent', 'resolved'],
    ['agent', 'closed'],
    ['admin', 'open'],
    ['admin', 'in_progress'],
    ['admin', 'resolved'],
    ['admin', 'closed'],
  ] as const)('by the %s to %s: each is moved or refused as it would be alone', async (actor, to) => {
    const tickets = await Promise.all(STATUSES.map(ticketIn));
    const request = { ids: tickets.map(({ id }) => id), action: { status: to } };
    const { body } = expectStatus(200, await people[actor].post('/api/tickets/bulk', request));
    for (const [index, from] of STATUSES.entries()) {
      const { id, version } = tickets[index];
      const outcome = outcomeOf(actor, from, to);
      const line = (body.results as Record<string, unknown>[]).find(({ ticketId }) => ticketId === id);
      if (outcome === 'moves')
        expect(line).toEqual({ ticketId: id, ok: true, before: { status: from }, version: version + 1 });
      else if (outcome === 'stays') expect(line).toEqual({ ticketId: id, ok: true, version });
      else {
        const detail = expect.stringContaining(`Possible from here: ${stepsOf(actor, from).join(', ')}.`) as string;
        expect(line).toEqual({ ticketId: id, ok: false, code: outcome, detail });
      }
      await expectTaken(tickets[index], from, outcome === 'moves' ? to : from);
    }
  });

  it.each(['owner', 'stranger'] as const)('is not for the %s, whatever it is', async (actor) => {
    const tickets = await Promise.all(STATUSES.map(ticketIn));
    for (const to of STATUSES) {
      const request = { ids: tickets.map(({ id }) => id), action: { status: to } };
      expect(await people[actor].post('/api/tickets/bulk', request)).toMatchObject(problem(403, 'forbidden'));
    }
    for (const [index, from] of STATUSES.entries()) await expectTaken(tickets[index], from, from);
  });
});

describe('a claim', () => {
  const claimOf = (actor: ActorName, from: Status): Outcome => {
    if (actor === 'owner' || actor === 'stranger') return 'forbidden';
    if (from === 'resolved' || from === 'closed') return 'invalid-transition';
    return from === 'open' ? 'moves' : 'stays';
  };

  it.each(ACTORS.flatMap((actor) => STATUSES.map((from) => [actor, from, claimOf(actor, from)] as const)))(
    'by the %s of a ticket that is %s: the status %s',
    async (actor, from, outcome) => {
      const ticket = await ticketIn(from);
      const answer = await people[actor].post(`${ticket.path}/claim`);
      const isTaken = outcome === 'moves' || outcome === 'stays';
      if (isTaken)
        expect(answer).toMatchObject({
          status: 200,
          body: { status: 'in_progress', assignee: { id: people[actor].id }, version: ticket.version + 1 },
        });
      else if (outcome === 'forbidden') expect(answer).toMatchObject(problem(403, 'forbidden'));
      else expect(answer).toMatchObject(problem(409, outcome, { allowed: stepsOf(actor, from) }));
      const { status, steps } = await storyOf(ticket.path);
      expect(status).toBe(isTaken ? 'in_progress' : from);
      expect(steps.slice(ticket.version - 1)).toEqual(outcome === 'moves' ? [['open', 'in_progress']] : []);
    },
  );
});

describe('a word', () => {
  const KINDS = ['chat', 'comment', 'note'] as const;
  type Kind = (typeof KINDS)[number];

  /** Where it leads the ticket, or the code that refuses it. */
  function wordOf(actor: ActorName, from: Status, kind: Kind): Status | 'forbidden' | 'ticket-closed' {
    if (actor === 'stranger' || (actor === 'owner' && kind === 'note')) return 'forbidden';
    if (from === 'closed' && (actor === 'owner' || kind === 'chat')) return 'ticket-closed';
    return actor === 'owner' && from === 'resolved' ? 'open' : from;
  }

  const WORDS = ACTORS.flatMap((actor) =>
    STATUSES.flatMap((from) => KINDS.map((kind) => [actor, kind, from, wordOf(actor, from, kind)] as const)),
  );
  const isCode = (outcome: string): outcome is 'forbidden' | 'ticket-closed' =>
    outcome === 'forbidden' || outcome === 'ticket-closed';

  it.each(WORDS)('of the %s, a %s, while the ticket is %s: %s', async (actor, kind, from, outcome) => {
    const ticket = await ticketIn(from);
    const answer: Answer = await people[actor].post(`${ticket.path}/messages`, aMessage({ kind }));
    if (isCode(outcome)) expect(answer).toMatchObject(problem(outcome === 'forbidden' ? 403 : 409, outcome));
    else expect(answer).toMatchObject({ status: 201, body: { message: { kind } } });
    await expectTaken(ticket, from, isCode(outcome) ? from : outcome);
  });

  it.each(ACTORS)('of the %s leads to the same over a socket, from every status', async (actor) => {
    const device = await sockets.connect(people[actor]);
    for (const [, kind, from, outcome] of WORDS.filter(([who]) => who === actor)) {
      const ticket = await ticketIn(from);
      const request = { ticketId: ticket.id, clientMsgId: newId(), kind, body: 'Hello' };
      const answer = await device.ask('message:send', request);
      const code = outcome.replace('-', '_');
      expect(answer).toMatchObject(isCode(outcome) ? { ok: false, error: { code } } : { ok: true });
      await expectTaken(ticket, from, isCode(outcome) ? from : outcome);
    }
  });
});
