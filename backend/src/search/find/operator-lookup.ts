import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../../access';
import { ValidationFailed } from '../../common';
import { Statements } from '../../database';
import type { SearchOperators } from '../../tickets';
import { fold } from '../words/fold';
import { dayOf, prioritiesIn, statusesIn, type Operator, type OperatorName } from './operators';

const STAFF = `SELECT id, name, emailKey FROM users WHERE role IN ('agent', 'admin')`;
const STAFF_ONLY: readonly OperatorName[] = ['from', 'tag'];

type Value = SearchOperators[keyof SearchOperators];

/** What operators mean: names of people and categories become their ids. */
@Injectable()
export class OperatorLookup {
  constructor(private readonly statements: Statements) {}

  async find(actor: Actor, operators: readonly Operator[]): Promise<SearchOperators> {
    const refused = operators.find(({ name }) => STAFF_ONLY.includes(name));
    if (refused && !isStaff(actor)) throw ValidationFailed.of('q', `${refused.name}: can be used by staff only`);
    const found: SearchOperators = {};
    for (const operator of operators) combine(found, await this.meaning(actor, operator));
    return found;
  }

  private async meaning(actor: Actor, { name, value }: Operator): Promise<SearchOperators> {
    if (name === 'status') return { status: statusesIn(value) };
    if (name === 'priority') return { priority: prioritiesIn(value) };
    if (name === 'category') return { categoryIds: await this.categories(value) };
    if (name === 'tag') return { tags: [value] };
    if (name === 'from') return value.toLowerCase() === 'me' ? { requesterIds: [actor.id] } : {};
    if (name === 'assignee') return { assigneeIds: await this.assignees(actor, value) };
    const day = dayOf(value);
    if (!day) throw ValidationFailed.of('q', `${name}: needs a day like 2026-10-01`);
    return name === 'before' ? { createdBefore: day } : { createdFrom: day };
  }

  private async assignees(actor: Actor, value: string): Promise<SearchOperators['assigneeIds']> {
    const word = value.toLowerCase();
    if (word === 'me') return [actor.id];
    if (word === 'none') return [null];
    if (word === 'absent' && isStaff(actor)) return 'absent';
    return this.staff(value, isStaff(actor));
  }

  /** Members of staff whose names have words that begin so; towards staff also whose address begins so. */
  private async staff(value: string, byAddress: boolean): Promise<string[]> {
    const people = await this.statements.rows<{ id: string; name: string; emailKey: string }>(STAFF, []);
    const wanted = fold(value).split(/\s+/);
    const isNamed = (name: string): boolean => {
      const words = fold(name).split(/[^\p{L}\p{N}]+/u);
      return wanted.every((part) => words.some((word) => word.startsWith(part)));
    };
    return people
      .filter(({ name, emailKey }) => isNamed(name) || (byAddress && emailKey.startsWith(value.toLowerCase())))
      .map(({ id }) => id);
  }

  private async categories(value: string): Promise<(string | null)[]> {
    if (value.toLowerCase() === 'none') return [null];
    const rows = await this.statements.rows<{ id: string; name: string }>('SELECT id, name FROM categories', []);
    const exact = rows.filter(({ name }) => fold(name) === fold(value));
    return (exact.length ? exact : rows.filter(({ name }) => fold(name).startsWith(fold(value)))).map(({ id }) => id);
  }
}

/** The same operator twice: one of both, but tags must all be there, and of days the narrower one counts. */
function combine(found: SearchOperators, more: SearchOperators): void {
  for (const [name, value] of Object.entries(more) as [keyof SearchOperators, Value][])
    Object.assign(found, { [name]: both(name, found[name], value) });
}

function both(name: keyof SearchOperators, one: Value, other: Value): Value {
  if (one === undefined) return other;
  if (Array.isArray(one) && Array.isArray(other)) return one.concat(other) as Value;
  if (one instanceof Date && other instanceof Date) return (name === 'createdBefore') === one < other ? one : other;
  return other;
}
