import { InvalidTransition, TicketClosed } from './ticket.errors';
import { TICKET_STATUSES, type TicketStatus } from './ticket.entity';
import { TicketForbidden } from './ticket.policy';
import { assertNotClosedFor, assertStep, stepsFrom, timesOf } from './lifecycle';

type Outcome = 'ok' | 'forbidden' | 'invalid' | 'closed';
type Grid = Record<TicketStatus, Record<TicketStatus, Outcome>>;

const STAFF: Grid = {
  open: { open: 'ok', in_progress: 'ok', resolved: 'ok', closed: 'ok' },
  in_progress: { open: 'invalid', in_progress: 'ok', resolved: 'ok', closed: 'ok' },
  resolved: { open: 'ok', in_progress: 'ok', resolved: 'ok', closed: 'ok' },
  closed: { open: 'ok', in_progress: 'invalid', resolved: 'invalid', closed: 'ok' },
};

const CUSTOMER: Grid = {
  open: { open: 'ok', in_progress: 'forbidden', resolved: 'ok', closed: 'ok' },
  in_progress: { open: 'invalid', in_progress: 'ok', resolved: 'ok', closed: 'ok' },
  resolved: { open: 'ok', in_progress: 'forbidden', resolved: 'ok', closed: 'ok' },
  closed: { open: 'closed', in_progress: 'closed', resolved: 'closed', closed: 'ok' },
};

const GRIDS = { agent: STAFF, admin: STAFF, customer: CUSTOMER } as const;

const CASES = (['agent', 'admin', 'customer'] as const).flatMap((role) =>
  TICKET_STATUSES.flatMap((from) => TICKET_STATUSES.map((to) => [role, from, to, GRIDS[role][from][to]] as const)),
);

function outcomeOf(step: () => void): Outcome {
  try {
    step();
    return 'ok';
  } catch (error) {
    if (error instanceof TicketClosed) return 'closed';
    if (error instanceof InvalidTransition) return 'invalid';
    if (error instanceof TicketForbidden) return 'forbidden';
    throw error;
  }
}

describe('the steps of a ticket', () => {
  it.each(CASES)('for %s, from %s to %s: %s', (role, from, to, expected) => {
    expect(outcomeOf(() => assertStep({ role }, from, to))).toBe(expected);
  });

  it.each(CASES.filter(([, from, to]) => from !== to))(
    'offers %s the step from %s to %s exactly when it may be taken: %s',
    (role, from, to, expected) => {
      expect(stepsFrom({ role }, from).includes(to)).toBe(expected === 'ok');
    },
  );

  it('names the steps that are possible when it refuses one', () => {
    expect(() => assertStep({ role: 'agent' }, 'closed', 'resolved')).toThrow(
      expect.objectContaining({ code: 'invalid-transition', extensions: { allowed: ['open'] } }),
    );
  });
});

describe('a closed ticket', () => {
  it('is a record for customers, and not for staff', () => {
    expect(() => assertNotClosedFor({ role: 'customer' }, { status: 'closed' })).toThrow(TicketClosed);
    expect(() => assertNotClosedFor({ role: 'customer' }, { status: 'resolved' })).not.toThrow();
    expect(() => assertNotClosedFor({ role: 'agent' }, { status: 'closed' })).not.toThrow();
  });
});

describe('the times of a status', () => {
  const now = new Date('2026-03-01T10:00:00.000Z');
  const before = new Date('2026-02-01T10:00:00.000Z');

  it.each([
    ['resolved', null, null, now, null],
    ['resolved', before, before, now, null],
    ['closed', null, null, null, now],
    ['closed', before, null, before, now],
    ['open', before, before, null, null],
    ['in_progress', before, null, null, null],
  ] as const)('reaching %s with %p and %p gives %p and %p', (to, resolvedAt, closedAt, resolved, closed) => {
    expect(timesOf({ resolvedAt, closedAt }, to, now)).toEqual({ resolvedAt: resolved, closedAt: closed });
  });
});
