import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../../attachments';
import { openSnapshot, RestoreUnfinished, type DatabasePlace, type Snapshot } from '../../database';
import { BackupProblem } from './backup-problem';
import { FileSaver, verifyFiles } from './file-copies';
import { readLines, writeLines } from './lines-file';
import { readManifest, writeManifest, type Manifest, type SavedFiles, type SavedTable } from './manifest';

/** Hears of what is under way: what it is, and how many of it are done. */
export type Progress = (what: string, done: number) => void;

export interface BackupSource {
  readonly place: DatabasePlace;
  readonly store: FileStore;
  /** The version of Parley. */
  readonly product: string;
}

/**
 * Writes everything into a new folder while the product runs: first the rows as they were at one moment, then the files.
 * The manifest comes last; a folder in which it is missing is no backup.
 */
export async function makeBackup(source: BackupSource, folder: string, onProgress: Progress): Promise<Manifest> {
  await makeEmptyFolder(folder);
  const snapshot = await openSnapshot(source.place);
  try {
    if (!snapshot.migrations.length) throw new BackupProblem('The database is empty: there is nothing to back up.');
    if (snapshot.isBeingRestored) throw new RestoreUnfinished();
    const takenAt = new Date().toISOString();
    const tables = await saveTables(snapshot, folder, onProgress);
    const files = await saveFiles(source, snapshot, folder, onProgress);
    const { engine, migrations } = snapshot;
    const finishedAt = new Date().toISOString();
    await writeManifest(folder, { product: source.product, engine, migrations, takenAt, finishedAt, tables, files });
  } finally {
    await snapshot.close();
  }
  return readManifest(folder);
}

/** Reads a backup from end to end; throws when anything in it is not what was written. */
export async function verifyBackup(folder: string, onProgress: Progress): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const { name, rows } of manifest.tables) {
    let done = 0;
    for await (const lines of readLines(folder, rows)) onProgress(`rows of ${name}`, (done += lines.length));
  }
  await verifyFiles(folder, manifest, (done) => onProgress('files', done));
  return manifest;
}

async function makeEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length)
    throw new BackupProblem(`${folder} is not empty. A backup is written into a folder of its own.`);
  await mkdir(join(folder, 'tables'), { mode: 0o700 });
}

async function saveTables(snapshot: Snapshot, folder: string, onProgress: Progress): Promise<SavedTable[]> {
  const saved: SavedTable[] = [];
  for (const table of snapshot.tables) {
    let done = 0;
    async function* counted(): AsyncGenerator<readonly unknown[]> {
      for await (const batch of snapshot.batches(table)) {
        onProgress(`rows of ${table.name}`, (done += batch.length));
        yield batch;
      }
    }
    saved.push({ ...table, rows: await writeLines(folder, join('tables', `${table.name}.ndjson.gz`), counted()) });
  }
  return saved;
}

async function saveFiles(
  { place, store }: BackupSource,
  snapshot: Snapshot,
  folder: string,
  onProgress: Progress,
): Promise<SavedFiles> {
  const saver = new FileSaver(store, snapshot, folder, (done) => onProgress('files', done));
  return saver.save(async (key) => {
    const now = await openSnapshot(place);
    try {
      const named = await now.rows(
        `SELECT id FROM attachments WHERE (storageKey = ? OR thumbnailKey = ?) AND state <> 'removed' LIMIT 1`,
        [key, key],
      );
      return named.length > 0;
    } finally {
      await now.close();
    }
  });
}
