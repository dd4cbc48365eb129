import type { DataSource } from 'typeorm';
import { engineOf } from './engine';

/** The connections to MySQL, and who waits for one. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** mysql2 counts these, but does not name them in its types. */
interface CountedPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** Undefined on SQLite, which has one connection. */
export function poolUse(dataSource: DataSource): PoolUse | undefined {
  if (engineOf(dataSource.manager) !== 'mysql') return undefined;
  const { pool } = dataSource.driver as unknown as { pool: CountedPool };
  return {
    open: pool._allConnections.length,
    idle: pool._freeConnections.length,
    waiting: pool._connectionQueue.length,
  };
}
