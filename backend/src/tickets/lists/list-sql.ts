import { placeholders, type Engine, type SqlValue } from '../../database';
import type { After, Criteria, Equal } from './list-criteria';
import type { IndexColumn, SortColumn } from './list-indexes';
import type { Bound, OrderedAccess, SetAccess } from './list-plan';

/** A piece of a statement with its values. */
export interface Sql {
  text: string;
  values: readonly SqlValue[];
}

export interface Order {
  column: SortColumn;
  direction: 'ASC' | 'DESC';
  limit: number;
  /** The row after which the page begins. */
  cursor?: readonly [place: string | number | Date, number: number];
}

/** The rows of a page before they are loaded: `number`, and their `place` in the order. */
export const PAGE_COLUMNS = (sort: SortColumn): string => `t.number, t.${sort} AS place`;

const NOTHING: Sql = { text: '1 = 0', values: [] };

export const all = (parts: readonly Sql[]): Sql => ({
  text: parts.map(({ text }) => text).join(' AND '),
  values: parts.flatMap(({ values }) => values),
});

/** The optimiser reads whole tables where it knows better than to use an index for an order. */
export function tickets(engine: Engine, index: string | null): string {
  if (engine === 'mysql') return `tickets t FORCE INDEX (${index ?? 'PRIMARY'})`;
  return index === null ? 'tickets t NOT INDEXED' : `tickets t INDEXED BY ${index}`;
}

/** Read in order, from the cursor on; several pieces are merged. */
export function orderedSql(engine: Engine, access: OrderedAccess, criteria: Criteria, order: Order): Sql {
  const pieces = access.branches.flatMap((bound) => {
    const from = startOf(engine, bound, order);
    return from ? [pieceSql(engine, access, bound, criteria, order, from)] : [];
  });
  if (pieces.length === 1) return pieces[0];
  if (!pieces.length) return { text: `SELECT number, ${order.column} AS place FROM tickets WHERE 1 = 0`, values: [] };
  const text = pieces.map((piece, index) => `SELECT * FROM (${piece.text}) AS piece${index}`).join(' UNION ALL ');
  return {
    text: `SELECT number, place FROM (${text}) AS pieces ${orderBy('place', 'number', order)}`,
    values: pieces.flatMap(({ values }) => values),
  };
}

function pieceSql(
  engine: Engine,
  { index, rest }: OrderedAccess,
  bound: Bound,
  criteria: Criteria,
  order: Order,
  from: readonly Sql[],
): Sql {
  const where = all([
    LIVE,
    ...Object.entries(bound).map(([column, value]) => anyOf(column, [value])),
    ...criteria.after.filter(({ column }) => column === order.column).map(afterSql),
    ...from,
    ...restSql({ ...rest, after: rest.after.filter(({ column }) => column !== order.column) }),
  ]);
  return {
    text: `SELECT ${PAGE_COLUMNS(order.column)} FROM ${tickets(engine, index.name)}
      WHERE ${where.text} ${orderBy(`t.${order.column}`, 't.number', order)}`,
    values: where.values,
  };
}

/** Where a piece begins; undefined when all of it stands before the cursor. */
function startOf(engine: Engine, bound: Bound, { column, direction, cursor }: Order): Sql[] | undefined {
  if (!cursor) return [];
  const [place, number] = cursor;
  const sign = direction === 'ASC' ? '>' : '<';
  const numberAfter: Sql = { text: `t.number ${sign} ?`, values: [number] };
  if (column === 'number') return [numberAfter];
  if (!(column in bound)) return [keyset(engine, column, sign, place, number)];
  const value = Number(bound[column as keyof Bound]);
  if (value === place) return [numberAfter];
  return (direction === 'ASC') === value > Number(place) ? [] : undefined;
}

/** MySQL makes ranges of the one form and SQLite of the other; with the other's form each reads all rows before. */
function keyset(engine: Engine, column: SortColumn, sign: string, place: SqlValue, number: number): Sql {
  if (engine === 'sqlite') return { text: `(t.${column}, t.number) ${sign} (?, ?)`, values: [place, number] };
  return {
    text: `(t.${column} ${sign} ? OR (t.${column} = ? AND t.number ${sign} ?))`,
    values: [place, place, number],
  };
}

/** A set that one index finds, looked through and sorted; only for small ones. */
export function setSql(engine: Engine, access: SetAccess, criteria: Criteria, order: Order): Sql {
  return sorted(`${tickets(engine, access.index.name)}`, [], criteria, order, engine);
}

/** The tickets with something unread, or with a tag, or that were found otherwise; only for small sets. */
export function leadSql(engine: Engine, criteria: Criteria, order: Order): Sql {
  const { from, values, rest } = leadOf(engine, criteria);
  return sorted(from, values, rest, order, engine);
}

function sorted(from: string, values: readonly SqlValue[], criteria: Criteria, order: Order, engine: Engine): Sql {
  const { column, direction, cursor } = order;
  const sign = direction === 'ASC' ? '>' : '<';
  const start =
    cursor &&
    (column === 'number'
      ? { text: `t.number ${sign} ?`, values: [cursor[1]] }
      : keyset(engine, column, sign, ...cursor));
  const where = all([LIVE, ...restSql(criteria), ...(start ? [start] : [])]);
  return {
    text: `SELECT ${PAGE_COLUMNS(column)} FROM ${from} WHERE ${where.text} ${orderBy(`t.${column}`, 't.number', order)}`,
    values: [...values, ...where.values],
  };
}

interface Lead {
  from: string;
  values: readonly SqlValue[];
  rest: Criteria;
}

/** Rows of another table that find tickets by their number. */
export function leadOf(engine: Engine, criteria: Criteria): Lead {
  const join = engine === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';
  const { unread, tags, among, ...others } = criteria;
  const byNumber = `${join} ${tickets(engine, null)} ON t.number = led.ticketNumber`;
  if (among) {
    const { text, values } = anyOf('number', among);
    return {
      from: `(SELECT number AS ticketNumber FROM tickets t WHERE ${text}) AS led ${byNumber}`,
      values,
      rest: { ...others, unread, tags },
    };
  }
  if (unread?.wanted) {
    const from = `(SELECT ticketNumber FROM participants WHERE userId = ? AND unread > 0) AS led ${byNumber}`;
    return { from, values: [unread.readerId], rest: { ...others, tags } };
  }
  const { text, values } = anyOf('tag', tags ?? [], 'tagged');
  const from = `(SELECT DISTINCT tagged.ticketNumber FROM ticket_tags tagged WHERE ${text}) AS led ${byNumber}`;
  return { from, values, rest: { ...others, unread } };
}

/** How many rows an index finds by its first columns alone, counted up to `most`. */
export function sizeSql(engine: Engine, { index, columns, after }: SetAccess, criteria: Criteria, most: number): Sql {
  const where = all([LIVE, ...equalSql(pick(criteria.equal, columns)), ...after.map(afterSql)]);
  return limitedCount(`SELECT 1 FROM ${tickets(engine, index.name)} WHERE ${where.text}`, where.values, most);
}

export function tagSizeSql(tags: readonly string[], most: number): Sql {
  const { text, values } = anyOf('tag', tags, 'tagged');
  return limitedCount(`SELECT 1 FROM ticket_tags tagged WHERE ${text}`, values, most);
}

export const limitedCount = (rows: string, values: readonly SqlValue[], most: number): Sql => ({
  text: `SELECT COUNT(*) AS found FROM (${rows} LIMIT ${most}) AS counted`,
  values,
});

/** The customer sees no other customer's words: the last ones are their own, or of staff. */
const CUSTOMERS_TURN: Sql = {
  text: 't.statusRank IN (0, 1) AND t.publicLastMessageAuthorId <> t.requesterId',
  values: [],
};

export const LIVE: Sql = { text: 't.deletedAt IS NULL', values: [] };

/** All conditions, as they can be asked of each row. */
export function restSql({ equal, after, unread, tags, eachTag = [], among, isCustomersTurn }: Criteria): Sql[] {
  return [
    ...equalSql(equal),
    ...after.map(afterSql),
    ...(among ? [anyOf('number', among)] : []),
    ...(unread ? [unreadSql(unread)] : []),
    ...(tags ? [taggedSql(tags)] : []),
    ...eachTag.map((tag) => taggedSql([tag])),
    ...(isCustomersTurn ? [CUSTOMERS_TURN] : []),
  ];
}

const equalSql = (equal: Equal): Sql[] => Object.entries(equal).map(([column, values]) => anyOf(column, values));

const afterSql = ({ column, moment, isBefore }: After): Sql => ({
  text: `t.${column} ${isBefore ? '<' : '>'} ?`,
  values: [moment],
});

const unreadSql = ({ readerId, wanted }: NonNullable<Criteria['unread']>): Sql => ({
  text: `${wanted ? '' : 'NOT '}EXISTS (SELECT 1 FROM participants reading
    WHERE reading.userId = ? AND reading.ticketNumber = t.number AND reading.unread > 0)`,
  values: [readerId],
});

function taggedSql(tags: readonly string[]): Sql {
  const { text, values } = anyOf('tag', tags, 'tagged');
  return {
    text: `EXISTS (SELECT 1 FROM ticket_tags tagged WHERE tagged.ticketNumber = t.number AND ${text})`,
    values,
  };
}

const pick = (equal: Equal, columns: readonly IndexColumn[]): Equal =>
  Object.fromEntries(Object.entries(equal).filter(([column]) => columns.includes(column as IndexColumn)));

/** Lists of values are filled up to a power of two, so that there are few statements to prepare. */
export function anyOf(column: string, values: readonly SqlValue[], table = 't'): Sql {
  const given = values.filter((value) => value !== null);
  const isNull = given.length < values.length ? [`${table}.${column} IS NULL`] : [];
  if (!given.length) return isNull.length ? { text: isNull[0], values: [] } : NOTHING;
  const size = 2 ** Math.ceil(Math.log2(given.length));
  const filled = [...given, ...Array.from({ length: size - given.length }, () => given[0])];
  const isOne = size === 1 ? `${table}.${column} = ?` : `${table}.${column} IN (${placeholders(size)})`;
  return { text: isNull.length ? `(${isOne} OR ${isNull[0]})` : isOne, values: filled };
}

const orderBy = (place: string, number: string, { direction, limit }: Order): string =>
  `ORDER BY ${place === number ? '' : `${place} ${direction}, `}${number} ${direction} LIMIT ${limit}`;
