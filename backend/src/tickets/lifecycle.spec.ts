import { ROLES, type Role } from '../access';
import { InvalidTransition, StepForbidden, TicketClosed } from './ticket.errors';
import { TICKET_STATUSES, type TicketStatus } from './ticket.entity';
import {
  assertNotClosedFor,
  assertStep,
  assertStepBack,
  claimedStatus,
  consequencesOf,
  statusAfterWord,
  stepsFrom,
  type TakenStep,
} from './lifecycle';

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

/** Where somebody's public word leads, where it leads anywhere. */
const WORDS: Partial<Record<Role, Partial<Record<TicketStatus, TicketStatus>>>> = { customer: { resolved: 'open' } };

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
    if (error instanceof StepForbidden) return 'forbidden';
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
    expect(() => assertStep({ role: 'customer' }, 'resolved', 'in_progress')).toThrow(
      expect.objectContaining({ kind: 'forbidden', extensions: { allowed: ['open', 'closed'] } }),
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

describe('a claim', () => {
  it.each([
    ['open', 'in_progress'],
    ['in_progress', 'in_progress'],
  ] as const)('of a ticket that is %s leads to %s', (from, to) => {
    expect(claimedStatus({ role: 'agent' }, from)).toBe(to);
  });

  it.each([
    ['resolved', ['open', 'in_progress', 'closed']],
    ['closed', ['open']],
  ] as const)('of a ticket that is %s is refused, with what is possible: %j', (from, allowed) => {
    expect(() => claimedStatus({ role: 'agent' }, from)).toThrow(
      expect.objectContaining({ code: 'invalid-transition', extensions: { allowed } }),
    );
  });
});

describe('a word', () => {
  it.each(ROLES.flatMap((role) => TICKET_STATUSES.map((from) => ({ role, from, to: WORDS[role]?.[from] ?? from }))))(
    'of $role on a ticket that is $from leaves it $to',
    ({ role, from, to }) => {
      expect(statusAfterWord({ role }, from)).toBe(to);
    },
  );
});

describe('what goes with a step', () => {
  const now = new Date('2026-03-01T10:00:00.000Z');
  const before = new Date('2026-02-01T10:00:00.000Z');

  it.each([
    ['open', 'in_progress', null, null, 0],
    ['open', 'resolved', now, null, 0],
    ['open', 'closed', null, now, 0],
    ['in_progress', 'resolved', now, null, 0],
    ['in_progress', 'closed', null, now, 0],
    ['resolved', 'closed', before, now, 0],
    ['resolved', 'open', null, null, 1],
    ['resolved', 'in_progress', null, null, 1],
    ['closed', 'open', null, null, 1],
  ] as const)('from %s to %s: resolved %p, closed %p, reopened %d times', (from, to, resolvedAt, closedAt, more) => {
    const times = { resolvedAt: from === 'resolved' ? before : null, closedAt: from === 'closed' ? before : null };
    expect(consequencesOf({ status: from, ...times, reopenCount: 2 }, to, now)).toEqual({
      resolvedAt,
      closedAt,
      reopenCount: 2 + more,
    });
  });

  it.each([
    ['resolved', 'open', 2],
    ['closed', 'in_progress', 2],
    ['open', 'resolved', 1],
    ['open', 'closed', 1],
    ['in_progress', 'open', 2],
    ['closed', 'resolved', 2],
  ] as const)('taken back from %s to %s, it was reopened %d times', (from, to, reopenCount) => {
    const ticket = { status: from, resolvedAt: before, closedAt: null, reopenCount: 2 };
    expect(consequencesOf(ticket, to, now, true).reopenCount).toBe(reopenCount);
  });

  it('keeps when it was resolved while closing is taken back', () => {
    const closed = { status: 'closed', resolvedAt: before, closedAt: now, reopenCount: 0 } as const;
    expect(consequencesOf(closed, 'resolved', now, true)).toEqual({
      resolvedAt: before,
      closedAt: null,
      reopenCount: 0,
    });
  });
});

describe('a step back', () => {
  const ana = { id: 'ana', role: 'agent' } as const;
  const at = new Date('2026-03-01T10:00:00.000Z');
  const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
  const step = { actorId: 'ana', from: 'in_progress', to: 'closed', at, undone: false } as const;
  const back = (last: TakenStep | null, minutes: number, actor = ana) =>
    outcomeOf(() => assertStepBack(actor, 'closed', 'in_progress', last, later(minutes)));

  it('leads anywhere for ten minutes, for the one who took it', () => {
    expect(back(step, 10)).toBe('ok');
    expect(back(step, 11)).toBe('invalid');
    expect(back({ ...step, actorId: 'ben' }, 1)).toBe('invalid');
    expect(back(null, 1)).toBe('invalid');
  });

  it('counts as taken back, but not when it is done again or was allowed anyway', () => {
    expect(assertStepBack(ana, 'closed', 'in_progress', step, at)).toBe(true);
    expect(assertStepBack(ana, 'closed', 'in_progress', { ...step, undone: true }, at)).toBe(false);
    expect(assertStepBack(ana, 'open', 'closed', { ...step, actorId: 'ben' }, at)).toBe(false);
  });

  it('leads nowhere but where the ticket came from', () => {
    expect(back({ ...step, from: 'open' }, 1)).toBe('invalid');
    expect(back({ ...step, to: 'resolved' }, 1)).toBe('invalid');
  });

  it('is always possible where the step itself is allowed', () => {
    expect(outcomeOf(() => assertStepBack(ana, 'closed', 'open', null, at))).toBe('ok');
  });
});
