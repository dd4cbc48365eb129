import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../../attachments';
import { newId } from '../../common';
import {
  knownMigrations,
  migrateRestored,
  nameOf,
  openSnapshot,
  openTarget,
  refuseWhileInUse,
  type CopiedRow,
  type CopyTarget,
  type DatabasePlace,
} from '../../database';
import { verifyBackup, type Progress } from './backup';
import { BackupProblem } from './backup-problem';
import { restoreFiles } from './file-copies';
import { readLines } from './lines-file';
import type { Manifest } from './manifest';
import { assertSameRows, assertSameShape, loadTable, type ComingTable } from './table-copies';

const STREAMS_AT_ONCE = 500;

export interface RestorePlace {
  readonly place: DatabasePlace;
  readonly store: FileStore;
}

/**
 * Puts a backup into an empty database, or in the place of what is there when `replaces` is given and agrees. Nothing is
 * touched before the whole backup has been read and found sound; afterwards every row and file is read again and compared.
 * Sign-ins end, and conversations get new streams: whoever followed one starts it anew.
 */
export async function restoreBackup(
  { place, store }: RestorePlace,
  folder: string,
  replaces: (database: string) => Promise<boolean>,
  onProgress: Progress,
): Promise<Manifest> {
  const manifest = await verifyBackup(folder, (what, done) => onProgress(`looked at ${what}`, done));
  refuseNewer(manifest);
  await refuseWhileInUse(place);
  const target = await openTarget(place);
  try {
    await clear(target, place, replaces);
    await migrateRestored(place, manifest.migrations);
    await loadTables(target, place, comingFrom(folder, manifest), onProgress);
    const tempFolder = join(place.dataDir, 'tmp');
    await mkdir(tempFolder, { recursive: true, mode: 0o700 });
    const newTempPath = (): string => join(tempFolder, randomBytes(16).toString('hex'));
    await restoreFiles(folder, manifest, store, newTempPath, (done) => onProgress('files', done));
    await endSignIns(target);
    await renewStreams(target, place);
    await migrateRestored(place);
    await target.finish();
  } finally {
    await target.close();
  }
  return manifest;
}

/** Loads all tables and reads them again. */
export async function loadTables(
  target: CopyTarget,
  place: DatabasePlace,
  coming: readonly ComingTable[],
  onProgress: Progress,
): Promise<void> {
  const before = await openSnapshot(place);
  try {
    assertSameShape(
      coming.map(({ table }) => table),
      before.tables,
    );
  } finally {
    await before.close();
  }
  for (const table of coming) await loadTable(target, table, onProgress);
  const after = await openSnapshot(place);
  try {
    for (const table of coming) {
      onProgress(`compared ${table.table.name}`, 0);
      await assertSameRows(after, table);
    }
  } finally {
    await after.close();
  }
}

function refuseNewer({ migrations, product }: Manifest): void {
  const unknown = migrations.filter((name) => !knownMigrations.includes(name));
  if (unknown.length)
    throw new BackupProblem(
      `Version ${product} made this backup, and it has steps of the schema that this version does not know (${unknown.join(', ')}). Restore it with that version or a newer one.`,
    );
}

async function clear(
  target: CopyTarget,
  place: DatabasePlace,
  replaces: (database: string) => Promise<boolean>,
): Promise<void> {
  const state = await target.look();
  const name = nameOf(place);
  if (state === 'foreign')
    throw new BackupProblem(`The database ${name} holds tables that are not those of Parley. Name another one.`);
  if (state === 'used' && !(await replaces(name)))
    throw new BackupProblem(
      `The database ${name} has people or tickets in it, and nothing was changed. With --replace the backup takes their place.`,
    );
  await target.clear();
}

const comingFrom = (folder: string, { tables }: Manifest): ComingTable[] =>
  tables.map(({ rows, ...table }) => ({
    table,
    batches: readLines<CopiedRow>(folder, rows),
    facts: () => rows,
  }));

/** Whoever was signed out, or lost a device, after the backup was made must not be signed in again by it. */
const endSignIns = (target: CopyTarget): Promise<void> =>
  target.run('UPDATE sign_ins SET endedAt = ? WHERE endedAt IS NULL', [
    new Date().toISOString().slice(0, 23).replace('T', ' '),
  ]);

/** Numbers that clients have seen may be given to other events now; a new stream tells them so. */
async function renewStreams(target: CopyTarget, place: DatabasePlace): Promise<void> {
  const snapshot = await openSnapshot(place);
  try {
    const [conversations] = snapshot.tables.filter(({ name }) => name === 'conversations');
    const at = conversations.columns.findIndex(({ name }) => name === 'ticketNumber');
    for await (const batch of snapshot.batches(conversations))
      for (let start = 0; start < batch.length; start += STREAMS_AT_ONCE)
        await renew(
          target,
          batch.slice(start, start + STREAMS_AT_ONCE).map((row) => Number(row[at])),
        );
  } finally {
    await snapshot.close();
  }
}

function renew(target: CopyTarget, numbers: readonly number[]): Promise<void> {
  const cases = numbers.map(() => 'WHEN ? THEN ?').join(' ');
  const places = numbers.map(() => '?').join(', ');
  return target.run(
    `UPDATE conversations SET stream = CASE ticketNumber ${cases} END WHERE ticketNumber IN (${places})`,
    [...numbers.flatMap((number) => [number, newId()]), ...numbers],
  );
}
