import type { Actor, Role } from '../access';
import { assertCan, can, TICKET_ACTIONS, TicketForbidden, visibleTo, type TicketAction } from './ticket.policy';

const anActor = (role: Role, id: string): Actor => ({ id, name: id, role, signInId: `sign-in-of-${id}` });

const OWNER = anActor('customer', 'cora');
const STRANGER = anActor('customer', 'carl');
const AGENT = anActor('agent', 'ana');
const ADMIN = anActor('admin', 'adam');

const WAITING = { requesterId: 'cora', assigneeId: null };
const HELD = { requesterId: 'cora', assigneeId: 'ana' };

/** Who may do it: owner, another customer, agent, admin. */
const TABLE: Record<TicketAction, readonly [owner: boolean, stranger: boolean, agent: boolean, admin: boolean]> = {
  read: [true, false, true, true],
  chat: [true, false, true, true],
  comment: [true, false, true, true],
  note: [false, false, true, true],
  edit: [true, false, true, true],
  tag: [false, false, true, true],
  changeStatus: [true, false, true, true],
  settle: [false, false, true, true],
  follow: [false, false, true, true],
  changePriority: [true, false, true, true],
  claim: [false, false, true, true],
  assign: [false, false, true, true],
  release: [false, false, true, true],
  delete: [true, false, false, true],
  restore: [false, false, false, true],
};

const CASES = TICKET_ACTIONS.flatMap((action) => {
  const [owner, stranger, agent, admin] = TABLE[action];
  return [
    ['the requester', OWNER, action, owner],
    ['another customer', STRANGER, action, stranger],
    ['an agent', AGENT, action, agent],
    ['an admin', ADMIN, action, admin],
  ] as const;
});

describe('the policy of tickets', () => {
  it.each(CASES)('for %s (%j), %s of a waiting ticket: %s', (_who, actor, action, expected) => {
    expect(can(actor, action, WAITING)).toBe(expected);
  });

  it('has a rule for every action in the table, and no other', () => {
    expect([...TICKET_ACTIONS].toSorted()).toEqual(Object.keys(TABLE).toSorted());
  });

  it('takes the priority out of the requester’s hands once somebody holds the ticket', () => {
    expect(can(OWNER, 'changePriority', HELD)).toBe(false);
    expect(can(AGENT, 'changePriority', HELD)).toBe(true);
  });

  it('gives the assignee no right to delete', () => {
    expect(can(AGENT, 'delete', HELD)).toBe(false);
  });

  it('does not take staff who opened a ticket themselves for customers', () => {
    const own = { requesterId: AGENT.id, assigneeId: null };
    expect(can(AGENT, 'note', own)).toBe(true);
    expect(can(AGENT, 'delete', own)).toBe(true);
  });

  it('refuses with one sentence that says nothing of the ticket', () => {
    expect(() => assertCan(STRANGER, 'read', WAITING)).toThrow(TicketForbidden);
    expect(() => assertCan(OWNER, 'claim', WAITING)).toThrow(new TicketForbidden().message);
    expect(() => assertCan(OWNER, 'read', WAITING)).not.toThrow();
  });
});

describe('the condition on lists', () => {
  it('binds customers to their own tickets', () => {
    expect(visibleTo(OWNER)).toEqual({
      sql: expect.stringContaining('ticket.requesterId = :viewerId') as string,
      parameters: { viewerId: 'cora' },
    });
  });

  it('shows staff all but deleted tickets', () => {
    expect(visibleTo(AGENT)).toEqual({ sql: 'ticket.deletedAt IS NULL', parameters: {} });
    expect(visibleTo(OWNER).sql).toContain('ticket.deletedAt IS NULL');
  });
});
