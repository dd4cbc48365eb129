import { join } from 'node:path';
import type { Settings } from '../../config';

/** Where a database is, by the settings that say so. */
export type DatabasePlace = Pick<Settings, 'databaseUrl' | 'dataDir'>;

/** Something about the database that the person at the command line has to settle first. */
export class DatabaseRefusal extends Error {}

export const sqlitePath = ({ dataDir }: DatabasePlace): string => join(dataDir, 'parley.sqlite');

/** As a person names it: the file, or the database without user and password. */
export function nameOf(place: DatabasePlace): string {
  if (!place.databaseUrl) return sqlitePath(place);
  const { host, pathname } = new URL(place.databaseUrl);
  return `${decodeURIComponent(pathname.slice(1))} on ${host}`;
}

/** Tables that say something about the database itself, and are no part of what it holds. */
export const OWN_TABLES = ['migrations', 'restore_under_way'] as const;

/** There while the rows of a backup come in: until then nothing may be served from here. */
export const RESTORE_MARK = 'restore_under_way';
