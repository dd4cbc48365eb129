import type { DataSource } from 'typeorm';
import { engineOf } from '../../database';

interface MysqlKey {
  name: string;
  columns: string;
  loose: number | string;
}

/** Takes the indexes of a table away; the returned work makes them again, which is faster than to keep them meanwhile. */
export async function withoutIndexes(dataSource: DataSource, table: string): Promise<() => Promise<void>> {
  return engineOf(dataSource.manager) === 'mysql' ? onMysql(dataSource, table) : onSqlite(dataSource, table);
}

async function onMysql(dataSource: DataSource, table: string): Promise<() => Promise<void>> {
  const keys = await dataSource.query<MysqlKey[]>(
    `SELECT index_name AS name, MAX(non_unique) AS loose,
        GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', ') AS columns
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ? AND index_name <> 'PRIMARY' GROUP BY index_name`,
    [table],
  );
  const alter = async (changes: string[]): Promise<void> => {
    if (!changes.length) return;
    await dataSource.transaction(async (manager) => {
      // Foreign keys want an index at every moment, but nothing refers to anything yet.
      await manager.query('SET SESSION foreign_key_checks = 0');
      await manager.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
      await manager.query('SET SESSION foreign_key_checks = 1');
    });
  };
  await alter(keys.map(({ name }) => `DROP INDEX ${name}`));
  return () =>
    alter(keys.map(({ name, columns, loose }) => `ADD ${Number(loose) ? '' : 'UNIQUE '}KEY ${name} (${columns})`));
}

async function onSqlite(dataSource: DataSource, table: string): Promise<() => Promise<void>> {
  const indexes = await dataSource.query<{ name: string; sql: string }[]>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
    [table],
  );
  for (const { name } of indexes) await dataSource.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { sql } of indexes) await dataSource.query(sql);
  };
}
