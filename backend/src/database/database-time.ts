import type { Engine } from './engine';

/**
 * The database's own time as an SQL expression, `seconds` from now. Leases use it, because the clocks of nodes differ.
 * `seconds` is put into the statement as it is: pass numbers of the program only.
 */
export function databaseNow(engine: Engine, seconds = 0): string {
  if (engine === 'mysql') return `(UTC_TIMESTAMP(3) + INTERVAL ${seconds} SECOND)`;
  return `strftime('%Y-%m-%d %H:%M:%f', 'now', '${seconds >= 0 ? '+' : ''}${seconds} seconds')`;
}
