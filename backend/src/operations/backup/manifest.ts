import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopiedTable } from '../../database';
import { BackupProblem } from './backup-problem';

const FORMAT = 'parley-backup';
const FORMAT_VERSION = 1;
const MANIFEST = 'manifest.json';
/** As `sha256sum` writes and checks it. */
const CHECKSUM = 'manifest.sha256';

/** A file of the backup that holds one line of JSON for each row, compressed. */
export interface LinesFile {
  /** Below the folder of the backup. */
  readonly path: string;
  /** Of the file as it lies there. */
  readonly sha256: string;
  readonly lines: number;
  /** Of the lines before they were compressed: a database that holds the same rows gives the same. */
  readonly linesSha256: string;
}

export interface SavedTable extends CopiedTable {
  readonly rows: LinesFile;
}

export interface SavedFiles {
  readonly list: LinesFile;
  readonly bytes: number;
  /** Keys of files that were deleted while the backup was made. */
  readonly deletedMeanwhile: readonly string[];
  /** Keys of files that rows name and the store has not. */
  readonly missing: readonly string[];
  /** Keys of files that are not the bytes that were stored. */
  readonly changed: readonly string[];
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly formatVersion: typeof FORMAT_VERSION;
  /** The version of Parley that made the backup. */
  readonly product: string;
  readonly engine: string;
  /** The steps of the schema that the rows belong to. */
  readonly migrations: readonly string[];
  /** The moment that the rows show. */
  readonly takenAt: string;
  readonly finishedAt: string;
  readonly tables: readonly SavedTable[];
  readonly files: SavedFiles;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function writeManifest(
  folder: string,
  content: Omit<Manifest, 'format' | 'formatVersion'>,
): Promise<void> {
  const manifest: Manifest = { format: FORMAT, formatVersion: FORMAT_VERSION, ...content };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  const draft = join(folder, `${MANIFEST}.draft`);
  const safely = { mode: 0o600, flush: true };
  await writeFile(join(folder, CHECKSUM), `${sha256(text)}  ${MANIFEST}\n`, safely);
  await writeFile(draft, text, safely);
  await rename(draft, join(folder, MANIFEST));
}

export async function readManifest(folder: string): Promise<Manifest> {
  const [text, checksum] = await Promise.all([textOf(folder, MANIFEST), textOf(folder, CHECKSUM)]);
  if (checksum.slice(0, 64) !== sha256(text)) throw new BackupProblem(`${MANIFEST} is not what the backup wrote.`);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== FORMAT || manifest.formatVersion !== FORMAT_VERSION)
    throw new BackupProblem(
      `This backup has a form that this version of Parley does not know; version ${manifest.product} made it.`,
    );
  return manifest;
}

async function textOf(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new BackupProblem(`${folder} holds no finished backup: ${name} is missing.`);
  }
}
