import { createDataSource, dataSourceOptions } from '../data-source';
import { migrate } from '../migration-runner';
import { migrations } from '../migrations';
import type { CopyTarget } from './copy-target';
import { sqlitePath, type DatabasePlace } from './database-place';
import { MysqlSnapshot } from './mysql-snapshot';
import { MysqlTarget } from './mysql-target';
import type { Snapshot } from './snapshot';
import { SqliteSnapshot } from './sqlite-snapshot';
import { SqliteTarget } from './sqlite-target';

export { type CopiedRow, type CopiedTable } from './copied-row';
export { type CopyTarget } from './copy-target';
export { refuseWhileInUse } from './database-in-use';
export { DatabaseRefusal, nameOf, type DatabasePlace } from './database-place';
export { type Snapshot } from './snapshot';

/** The database as it is now; others may go on writing. */
export const openSnapshot = (place: DatabasePlace): Promise<Snapshot> =>
  place.databaseUrl ? MysqlSnapshot.open(place.databaseUrl) : SqliteSnapshot.open(sqlitePath(place));

export const openTarget = (place: DatabasePlace): Promise<CopyTarget> =>
  place.databaseUrl ? MysqlTarget.open(place.databaseUrl) : SqliteTarget.open(sqlitePath(place));

/** The names of all steps that this program knows. */
export const knownMigrations: readonly string[] = migrations.map(({ name }) => name);

/** Does these steps of the schema, or all, in a database that is being restored; returns those it did. */
export async function migrateRestored(place: DatabasePlace, only = knownMigrations): Promise<string[]> {
  const chosen = migrations.filter(({ name }) => only.includes(name));
  const dataSource = await createDataSource({ ...dataSourceOptions(place), migrations: chosen }).initialize();
  try {
    return await migrate(dataSource, { isRestoring: true });
  } finally {
    await dataSource.destroy();
  }
}
