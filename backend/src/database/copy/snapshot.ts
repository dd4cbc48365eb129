import type { Engine } from '../engine';
import type { CopiedRow, CopiedTable } from './copied-row';

/** A database as it was at one moment, however long the reading takes and whoever writes meanwhile. */
export interface Snapshot {
  readonly engine: Engine;
  /** The steps of the schema that were done. */
  readonly migrations: readonly string[];
  /** What is there is not all of what a backup held. */
  readonly isBeingRestored: boolean;
  /** By name; without those that say something about the database itself. */
  readonly tables: readonly CopiedTable[];
  /** All rows of a table in the order of its key, some hundred at a time. */
  batches(table: CopiedTable): AsyncIterable<CopiedRow[]>;
  rows<Row>(sql: string, values?: readonly (string | number)[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** How many rows are read at once. */
export const BATCH_ROWS = 500;
