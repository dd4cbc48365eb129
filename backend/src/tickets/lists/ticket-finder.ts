import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { engineOf, Statements, type Engine } from '../../database';
import type { Count } from '../dto/ticket.dto';
import type { Criteria } from './list-criteria';
import { findsNothing, isCovering, needsNoRow, orderedAccess, setAccesses, type SetAccess } from './list-plan';
import {
  all,
  leadOf,
  leadSql,
  limitedCount,
  LIVE,
  orderedSql,
  restSql,
  setSql,
  sizeSql,
  tagSizeSql,
  tickets,
  type Order,
  type Sql,
} from './list-sql';

/** Counts go no further than is shown. */
export const MOST_COUNTED = 1000;
/** So many rows are looked through and sorted in a moment; more of them when an index alone answers. */
const SMALL = 2_000;
const SMALL_FOR_AN_INDEX = 10_000;

type Way = 'lead' | SetAccess;

/**
 * Decides how tickets are found. In this order: an index that has exactly this filter in this order; a small set that one
 * filter finds, looked through and sorted; else an index in this order, of which each row is looked at. What is not small
 * has more than `SMALL` rows, so that the last way meets them often.
 */
@Injectable()
export class TicketFinder {
  private readonly engine: Engine;

  constructor(
    dataSource: DataSource,
    private readonly statements: Statements,
  ) {
    this.engine = engineOf(dataSource.manager);
  }

  /** The statement that finds a page: rows of `number` and `place`; undefined when nothing can be found. */
  async page(criteria: Criteria, order: Order): Promise<Sql | undefined> {
    if (findsNothing(criteria)) return undefined;
    const ordered = orderedAccess(criteria, order.column);
    if (ordered?.isExact) return orderedSql(this.engine, ordered, criteria, order);
    // Where no index has this order there is nothing to choose.
    const way = ordered || isLed(criteria) ? await this.smallSet(criteria, order) : setAccesses(criteria)[0];
    if (way === 'lead') return leadSql(this.engine, criteria, order);
    if (way) return setSql(this.engine, way, criteria, order);
    if (ordered) return orderedSql(this.engine, ordered, criteria, order);
    return setSql(this.engine, setAccesses(criteria)[0], criteria, order);
  }

  /** How many there are, counted no further than is shown. */
  async count(criteria: Criteria): Promise<Count> {
    const sql = await this.countSql(criteria);
    if (!sql) return 0;
    const [{ found }] = await this.statements.rows<{ found: number }>(sql.text, sql.values);
    return shownCount(found);
  }

  /** Several counts with one statement. */
  async counts<Name extends string>(criteria: Record<Name, Criteria>): Promise<Record<Name, Count>> {
    const names = Object.keys(criteria) as Name[];
    const parts = await Promise.all(names.map((name) => this.countSql(criteria[name])));
    const columns = parts.map((part, index) => `${part ? `(${part.text})` : '0'} AS count${index}`);
    const values = parts.flatMap((part) => part?.values ?? []);
    const [row] = await this.statements.rows<Record<string, number>>(`SELECT ${columns.join(', ')}`, values);
    return Object.fromEntries(names.map((name, index) => [name, shownCount(row[`count${index}`])])) as Record<
      Name,
      Count
    >;
  }

  private async countSql(criteria: Criteria): Promise<Sql | undefined> {
    if (findsNothing(criteria)) return undefined;
    const { from, values, rest } = await this.countedFrom(criteria);
    const where = all([LIVE, ...restSql(rest)]);
    return limitedCount(`SELECT 1 FROM ${from} WHERE ${where.text}`, [...values, ...where.values], MOST_COUNTED + 1);
  }

  private async countedFrom(criteria: Criteria): Promise<ReturnType<typeof leadOf>> {
    if (criteria.unread?.wanted || criteria.among) return leadOf(this.engine, criteria);
    const sets = setAccesses(criteria);
    const covering = sets.find(({ index }) => isCovering(index, criteria));
    const way = covering ?? (await this.smallSet(criteria)) ?? narrowest(sets, criteria);
    if (way === 'lead') return leadOf(this.engine, criteria);
    return { from: tickets(this.engine, way ? way.index.name : ANY_LIVE), values: [], rest: criteria };
  }

  /** A set that holds all that is looked for and is small enough to be looked through. */
  private async smallSet(criteria: Criteria, order?: Order): Promise<Way | undefined> {
    if (isLed(criteria)) return 'lead';
    for (const access of setAccesses(criteria)) {
      const most = isCovering(access.index, criteria, order?.column) ? SMALL_FOR_AN_INDEX : SMALL;
      if (await this.isWithin(most, sizeSql(this.engine, access, criteria, most + 1))) return access;
    }
    if (criteria.tags && (await this.isWithin(SMALL, tagSizeSql(criteria.tags, SMALL + 1)))) return 'lead';
    return undefined;
  }

  private async isWithin(most: number, { text, values }: Sql): Promise<boolean> {
    const [{ found }] = await this.statements.rows<{ found: number }>(text, values);
    return found <= most;
  }
}

const isLed = ({ among, unread }: Criteria): boolean => among !== undefined || unread?.wanted === true;

const narrowest = (sets: readonly SetAccess[], criteria: Criteria): SetAccess | undefined =>
  sets.find(({ index }) => needsNoRow(index, criteria)) ?? sets[0];

const ANY_LIVE = 'IX_tickets_listStatus';

export const shownCount = (found: number): Count => (found > MOST_COUNTED ? '1000+' : Number(found));
