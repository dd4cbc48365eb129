import type { Criteria } from './list-criteria';
import { isCovering, needsNoRow, orderedAccess } from './list-plan';

const criteria = (fields: Partial<Criteria>): Criteria => ({ equal: {}, implied: {}, after: [], ...fields });
const indexOf = (fields: Partial<Criteria>): string | undefined =>
  orderedAccess(criteria(fields), 'createdAt')?.index.name;

describe('the index that a list is read from in order', () => {
  it.each<[string, Partial<Criteria>, string]>([
    ['nothing', {}, 'IX_tickets_listCreated'],
    ['a status', { equal: { statusRank: [0] } }, 'IX_tickets_listStatusCreated'],
    ['a priority', { equal: { priorityRank: [3] } }, 'IX_tickets_listPriority'],
    ['a priority and a status', { equal: { priorityRank: [3], statusRank: [0] } }, 'IX_tickets_listPriority'],
    ['a category', { equal: { categoryId: ['billing'] } }, 'IX_tickets_listCategory'],
  ])('holds what is asked for: %s', (_what, fields, index) => {
    expect(indexOf(fields)).toBe(index);
    expect(orderedAccess(criteria(fields), 'createdAt')?.isExact).toBe(true);
  });

  it('is the one that tells the rest without the row, where filters are rare together', () => {
    const equal = { priorityRank: [3], categoryId: ['billing'] };
    expect(indexOf({ equal, tags: ['vpn'] })).toBe('IX_tickets_listPriority');
  });
});

describe('an index', () => {
  const index = { name: 'one', columns: ['categoryId', 'createdAt', 'number'] as const };

  it('alone answers when tables beside it are not asked', () => {
    expect(isCovering(index, criteria({ equal: { categoryId: ['billing'] } }), 'createdAt')).toBe(true);
    expect(isCovering(index, criteria({ equal: { categoryId: ['billing'] }, tags: ['vpn'] }))).toBe(false);
    expect(isCovering(index, criteria({ equal: { statusRank: [0] } }))).toBe(false);
  });

  it('needs no row for what is found by the number of a ticket', () => {
    expect(needsNoRow(index, criteria({ equal: { categoryId: ['billing'] }, tags: ['vpn'] }))).toBe(true);
    expect(needsNoRow(index, criteria({ isCustomersTurn: true }))).toBe(false);
  });
});
