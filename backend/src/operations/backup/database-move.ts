import {
  DatabaseRefusal,
  migrateRestored,
  nameOf,
  openSnapshot,
  openTarget,
  refuseWhileInUse,
  type CopiedRow,
  type DatabasePlace,
  type Snapshot,
} from '../../database';
import type { Progress } from './backup';
import { LinesDigest, linesText } from './lines-file';
import { loadTables } from './restore';
import type { ComingTable } from './table-copies';

/**
 * Copies all rows from one database into another one, which must be empty, and compares them there. Nothing may work with
 * either meanwhile. Files stay where they are, and so do sign-ins and streams: it is the same installation.
 */
export async function moveDatabase(
  from: DatabasePlace,
  to: DatabasePlace,
  onProgress: Progress,
): Promise<{ tables: number; rows: number }> {
  if (nameOf(from) === nameOf(to)) throw new DatabaseRefusal(`The rows are in ${nameOf(to)} already.`);
  await refuseWhileInUse(from);
  await refuseWhileInUse(to);
  const source = await openSnapshot(from);
  try {
    if (!source.migrations.length || source.isBeingRestored)
      throw new DatabaseRefusal(`There is nothing to move in ${nameOf(from)}.`);
    const target = await openTarget(to);
    try {
      const state = await target.look();
      if (state === 'used' || state === 'foreign')
        throw new DatabaseRefusal(`The database ${nameOf(to)} is not empty. Rows are moved into an empty one only.`);
      await target.clear();
      await migrateRestored(to, source.migrations);
      const coming = comingFrom(source);
      await loadTables(target, to, coming, onProgress);
      await migrateRestored(to);
      await target.finish();
      return { tables: coming.length, rows: coming.reduce((sum, { facts }) => sum + facts().lines, 0) };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function comingFrom(source: Snapshot): ComingTable[] {
  return source.tables.map((table) => {
    const digest = new LinesDigest();
    let known: ReturnType<LinesDigest['facts']> | undefined;
    async function* batches(): AsyncGenerator<CopiedRow[]> {
      for await (const batch of source.batches(table)) {
        digest.add(linesText(batch), batch.length);
        yield batch;
      }
    }
    return { table, batches: batches(), facts: () => (known ??= digest.facts()) };
  });
}
