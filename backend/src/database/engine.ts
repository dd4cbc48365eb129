import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';

export type Engine = 'mysql' | 'sqlite';

export const engineOf = ({ dataSource }: { dataSource: DataSource } | EntityManager): Engine =>
  dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';

interface DriverFailure {
  code?: string;
  errno?: number;
}

const failureOf = (error: unknown): DriverFailure =>
  (error instanceof QueryFailedError ? (error.driverError as DriverFailure) : (error as DriverFailure | undefined)) ??
  {};

const MYSQL_DUPLICATE = 1062;
const MYSQL_ROW_IS_REFERENCED = 1451;
const MYSQL_REFERENCE_IS_GONE = 1452;
const MYSQL_RETRYABLE = new Set([1213, 1205, 1020]);
const SQLITE_UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
const SQLITE_BUSY = /^SQLITE_(BUSY|LOCKED)/;
const MYSQL_AWAY_ERRNOS = new Set([1040, 1053, 1152, 1159, 1161, 2002, 2003, 2006, 2013]);
const AWAY_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'POOL_CLOSED',
  'POOL_NONEONLINE',
]);

export function isUniqueViolation(error: unknown): boolean {
  const { code, errno } = failureOf(error);
  return errno === MYSQL_DUPLICATE || SQLITE_UNIQUE.has(code ?? '');
}

/** The row that was to be deleted is named by another one. */
export function isRowInUse(error: unknown): boolean {
  const { code, errno } = failureOf(error);
  return errno === MYSQL_ROW_IS_REFERENCED || code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}

/**
 * The row that was to be named is gone: another transaction deleted it after this one had looked. Run again, the checks
 * of this one see it. SQLite takes turns and never comes here for that reason.
 */
export const isReferenceGone = (error: unknown): boolean => failureOf(error).errno === MYSQL_REFERENCE_IS_GONE;

/** A deadlock, a lock time-out or a busy file: the same transaction, run again, can succeed. */
export function isRetryable(error: unknown): boolean {
  const { code, errno } = failureOf(error);
  return MYSQL_RETRYABLE.has(errno ?? 0) || SQLITE_BUSY.test(code ?? '');
}

/** The database cannot be reached or does not answer; it may come back. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errno } = failureOf(error);
  const poolExhausted = error.message === 'Queue limit reached.' || error.message === 'Pool is closed.';
  return AWAY_CODES.has(code ?? '') || MYSQL_AWAY_ERRNOS.has(errno ?? 0) || poolExhausted || isRetryable(error);
}
