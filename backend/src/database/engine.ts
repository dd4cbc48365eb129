import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { isError } from '../common';

export type Engine = 'mysql' | 'sqlite';

export const engineOf = ({ dataSource }: { dataSource: DataSource } | EntityManager): Engine =>
  dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';

interface DriverFailure {
  code?: string;
  errno?: number;
  /** Set by mysql2 when the connection cannot be used any more. */
  fatal?: boolean;
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
/** Full, stopping, read-only during a failover, out of space, or the connection was ended or lost. */
const MYSQL_AWAY_ERRNOS = new Set([
  ...[1021, 1040, 1053, 1114, 1129, 1152, 1159, 1161, 1180, 1203, 1290, 1317, 1836, 1927],
  ...[2002, 2003, 2006, 2013, 4031],
]);
const SQLITE_AWAY = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/;
const AWAY_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const POOL_MESSAGES = new Set(['Queue limit reached.', 'Pool is closed.']);

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

/** Another process holds the file of SQLite. */
export const isBusy = (error: unknown): boolean => SQLITE_BUSY.test(failureOf(error).code ?? '');

/** A deadlock, a lock time-out or a busy file: the same transaction, run again, can succeed. */
export function isRetryable(error: unknown): boolean {
  return MYSQL_RETRYABLE.has(failureOf(error).errno ?? 0) || isBusy(error);
}

/** The database cannot be reached or does not answer; it may come back. */
export function isDatabaseAway(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code = '', errno = 0, fatal } = failureOf(error);
  if (fatal || POOL_MESSAGES.has(error.message)) return true;
  return AWAY_CODES.has(code) || MYSQL_AWAY_ERRNOS.has(errno) || SQLITE_AWAY.test(code) || isRetryable(error);
}
