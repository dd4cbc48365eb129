import Database from 'better-sqlite3';
import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './engine';

const full = (): Error => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');

describe('a database', () => {
  it.each([
    ['its disk is full', full()],
    ['a query failed because its disk is full', new QueryFailedError('INSERT', [], full())],
    ['nobody listens', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
  ])('is away when %s', (_what, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a defect', new TypeError('undefined is not a function')],
    ['a mistake in a statement', new Database.SqliteError('no such table', 'SQLITE_ERROR')],
    ['nothing', undefined],
  ])('is not away because of %s', (_what, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
