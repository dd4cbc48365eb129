import type { CopiedRow, CopiedTable, CopyTarget, Snapshot } from '../../database';
import { BackupProblem } from './backup-problem';
import type { Progress } from './backup';
import { digestOf } from './lines-file';
import type { LinesFile } from './manifest';

/** Rows on their way into a database, and what is to be found there afterwards. */
export interface ComingTable {
  readonly table: CopiedTable;
  readonly batches: AsyncIterable<CopiedRow[]>;
  /** Known when the rows have been read. */
  readonly facts: () => Pick<LinesFile, 'lines' | 'linesSha256'>;
}

/** Puts the rows of a table in the place of those that a new schema begins with. */
export async function loadTable(
  target: CopyTarget,
  { table, batches }: ComingTable,
  onProgress: Progress,
): Promise<void> {
  await target.empty(table);
  let done = 0;
  for await (const batch of batches) {
    await target.insert(table, batch);
    onProgress(`rows of ${table.name}`, (done += batch.length));
  }
  if (table.next !== undefined) await target.countFrom(table, table.next);
}

/** Throws unless the tables are those that rows come for, column by column. */
export function assertSameShape(coming: readonly CopiedTable[], there: readonly CopiedTable[]): void {
  const shape = (tables: readonly CopiedTable[]): string[] =>
    tables.map(
      ({ name, columns }) =>
        `${name} (${columns
          .map((column) => `${column.name} ${column.kind}`)
          .toSorted()
          .join(', ')})`,
    );
  const [expected, found] = [shape(coming), shape(there)];
  const strange = expected.find((table) => !found.includes(table)) ?? found.find((table) => !expected.includes(table));
  if (strange) throw new BackupProblem(`The rows do not fit the schema of this version: ${strange}.`);
}

/** Reads a table again where it came to, and compares it with what was read where it came from. */
export async function assertSameRows(there: Snapshot, { table, facts }: ComingTable): Promise<void> {
  const [expected, found] = [facts(), await digestOf(there.batches(table))];
  if (found.lines !== expected.lines)
    throw new BackupProblem(`${table.name} has ${found.lines} rows and should have ${expected.lines}.`);
  if (found.linesSha256 !== expected.linesSha256)
    throw new BackupProblem(`The rows of ${table.name} are not those that were copied.`);
}
