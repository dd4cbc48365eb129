import type { SqlValue } from '../../database';
import { TICKET_STATUSES } from '../ticket.entity';
import type { After, Criteria } from './list-criteria';
import { LIST_INDEXES, type EqualColumn, type IndexColumn, type ListIndex, type SortColumn } from './list-indexes';

/** More lists than these are not merged into one. */
const MOST_BRANCHES = 16;
const ALL_STATUSES = TICKET_STATUSES.map((_status, rank) => rank);

export type Bound = Partial<Record<EqualColumn, SqlValue>>;

/** Rows of an index that stand in the wanted order, in one piece for each combination of values. */
export interface OrderedAccess {
  index: ListIndex;
  branches: readonly Bound[];
  /** What the index leaves to be looked at row by row. */
  rest: Criteria;
  isExact: boolean;
}

/** All rows of an index that a few filters find, in any order. */
export interface SetAccess {
  index: ListIndex;
  columns: readonly EqualColumn[];
  after: readonly After[];
}

/** Whether no ticket is left out. */
export const isEverything = ({ equal, after, unread, tags, eachTag, among, isCustomersTurn }: Criteria): boolean =>
  !Object.keys(equal).length && !after.length && !unread && !tags && !eachTag && !among && !isCustomersTurn;

/** Whether nothing can be found, whatever the tables hold. */
export const findsNothing = ({ equal, tags, among }: Criteria): boolean =>
  Object.values(equal).some((values) => !values.length) || tags?.length === 0 || among?.length === 0;

/**
 * The best way to read in order: leaving nothing to look at, else binding as much as possible, in few pieces. What
 * stands in the index is looked at without the row.
 */
export function orderedAccess(criteria: Criteria, sort: SortColumn): OrderedAccess | undefined {
  const found = LIST_INDEXES.flatMap((index) => {
    const access = inOrder(index, criteria, sort);
    return access && access.branches.length <= MOST_BRANCHES ? [access] : [];
  });
  const worth = ({ index, isExact, rest, branches }: OrderedAccess): number => {
    const looked = Object.keys(rest.equal).map((column) => (index.columns.includes(column as EqualColumn) ? 20 : 100));
    const lookedAt = looked.reduce((sum, cost) => sum + cost, 0);
    return (isExact ? 0 : 1_000) + lookedAt + rest.after.length * 50 + branches.length;
  };
  return found.toSorted((a, b) => worth(a) - worth(b))[0];
}

function inOrder(index: ListIndex, criteria: Criteria, sort: SortColumn): OrderedAccess | undefined {
  let branches: Bound[] = [{}];
  const left = { ...criteria.equal };
  let isSortBound = sort === 'number';
  for (const [place, column] of index.columns.entries()) {
    if (column === 'deletedAt') continue;
    if (column === 'number') {
      if (!isSortBound) return undefined;
      return {
        index,
        branches,
        rest: { ...criteria, equal: left },
        isExact: isEverything({ ...criteria, equal: left }),
      };
    }
    const values = valuesOf(column, criteria);
    if (values) {
      branches = branches.flatMap((branch) => values.map((value) => ({ ...branch, [column]: value })));
      delete left[column as EqualColumn];
      if (column === sort) isSortBound = true;
    } else if (column === sort && index.columns[place + 1] === 'number') {
      const rest = { ...criteria, equal: left, after: criteria.after.filter((after) => after.column !== sort) };
      return { index, branches, rest, isExact: isEverything(rest) };
    } else if (column === 'statusRank')
      branches = branches.flatMap((branch) => ALL_STATUSES.map((statusRank) => ({ ...branch, statusRank })));
    else return undefined;
  }
  return undefined;
}

const valuesOf = (column: IndexColumn, { equal, implied }: Criteria): readonly SqlValue[] | undefined =>
  equal[column as EqualColumn] ?? implied[column as EqualColumn];

/** Indexes whose first columns are filtered, those that usually find least first: where a small set may be found. */
export function setAccesses(criteria: Criteria): SetAccess[] {
  const accesses = LIST_INDEXES.flatMap((index) => {
    const columns: EqualColumn[] = [];
    let after: After[] = [];
    for (const column of index.columns) {
      if (column === 'deletedAt') continue;
      if (criteria.equal[column as EqualColumn]) columns.push(column as EqualColumn);
      else {
        after = criteria.after.filter((one) => one.column === column);
        break;
      }
    }
    return columns.length || after.length ? [{ index, columns, after }] : [];
  });
  const first = new Map<string, SetAccess>();
  for (const access of accesses) {
    const lead = access.index.columns[0] === 'deletedAt' ? access.index.columns[1] : access.index.columns[0];
    const known = first.get(lead);
    if (!known || weight(access) > weight(known)) first.set(lead, access);
  }
  return [...first.values()];
}

const weight = ({ columns, after }: SetAccess): number => columns.length + after.length;

/** Whether an index alone answers: nothing has to be looked up in the rows. */
export function isCovering({ columns }: ListIndex, criteria: Criteria, sort?: SortColumn): boolean {
  const { unread, tags, eachTag, among } = criteria;
  return unread === undefined && !tags && !eachTag && !among && needsNoRow({ columns }, criteria, sort);
}

/** Whether an index holds all that is asked of the row itself; tables beside it are found by the number alone. */
export function needsNoRow({ columns }: Pick<ListIndex, 'columns'>, criteria: Criteria, sort?: SortColumn): boolean {
  if (criteria.isCustomersTurn) return false;
  const needed: IndexColumn[] = [
    ...(Object.keys(criteria.equal) as EqualColumn[]),
    ...criteria.after.map(({ column }) => column),
    ...(sort ? [sort] : []),
  ];
  return needed.every((column) => columns.includes(column));
}
