import type { CopiedRow, CopiedTable } from './copied-row';

/**
 * What is there before rows come in: no table; a schema without people and tickets; a restore that broke off; what
 * people work with; or something that is none of ours.
 */
export type TargetState = 'empty' | 'fresh' | 'unfinished' | 'used' | 'foreign';

/** A database that takes the rows of another one. */
export interface CopyTarget {
  look(): Promise<TargetState>;
  /** Removes everything, and marks the database: until `finish` no server starts on it. */
  clear(): Promise<void>;
  /** Takes rows as they are: nothing is checked that the copied database had checked already. */
  insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>;
  /** Removes what a step of the schema put into a new table. */
  empty(table: CopiedTable): Promise<void>;
  /** From which number on the database counts. */
  countFrom(table: CopiedTable, next: number): Promise<void>;
  /** Changes rows; `?` stands for a value on both engines. */
  run(sql: string, values?: readonly (string | number)[]): Promise<void>;
  /** Makes what was written safe, and takes the mark away. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** By what tables there are, and by what is in two of them. */
export async function stateOf(
  tables: readonly string[],
  mark: string,
  count: (table: string) => Promise<number>,
): Promise<TargetState> {
  if (!tables.length) return 'empty';
  if (tables.includes(mark)) return 'unfinished';
  if (!tables.includes('migrations')) return 'foreign';
  // A start that broke off before its first table.
  if (!tables.includes('users') || !tables.includes('tickets')) return 'fresh';
  return (await count('users')) + (await count('tickets')) > 0 ? 'used' : 'fresh';
}
