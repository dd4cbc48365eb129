import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileStoreOf } from './attachments';
import { ask, nowAndThen, say, stopwatch, UsageError } from './cli-terminal';
import { loadSettings } from './config';
import type { DatabasePlace } from './database';
import {
  makeBackup,
  moveDatabase,
  productVersion,
  restoreBackup,
  verifyBackup,
  type Manifest,
  type Progress,
} from './operations';

const MOST_NAMED = 10;

const count = (number: number): string => number.toLocaleString('en');
const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows.lines, 0);
const contents = (manifest: Manifest): string =>
  `${count(rowsOf(manifest))} rows of ${manifest.tables.length} tables and ${count(manifest.files.list.lines)} files (${count(Math.ceil(manifest.files.bytes / 1_024))} KB)`;

const progress = (): Progress => {
  const tell = nowAndThen();
  return (what, done) => tell(() => (done ? `… ${count(done)} ${what}` : `… ${what}`));
};

function folderOf(positionals: readonly string[]): string {
  if (positionals.length !== 1) throw new UsageError('Name one folder for the backup.');
  return resolve(positionals[0]);
}

/** `backup <dir>`, and with `--verify` the reading of one that is there. */
export async function backup(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { verify: { type: 'boolean', default: false } },
  });
  const folder = folderOf(positionals);
  const seconds = stopwatch();
  if (values.verify) {
    const manifest = await verifyBackup(folder, progress());
    return say(`The backup of ${manifest.takenAt} is sound: ${contents(manifest)}, read in ${seconds()} s.`);
  }
  const settings = loadSettings();
  const source = { place: settings, store: await fileStoreOf(settings), product: productVersion() };
  const manifest = await makeBackup(source, folder, progress());
  tellOfFiles(manifest);
  say(`Backed up ${contents(manifest)} to ${folder} in ${seconds()} s, as of ${manifest.takenAt}.`);
}

function tellOfFiles({ files }: Manifest): void {
  const tell = (keys: readonly string[], what: string): void => {
    if (!keys.length) return;
    const names = keys.slice(0, MOST_NAMED).join(', ') + (keys.length > MOST_NAMED ? ', …' : '');
    say(`${what}: ${count(keys.length)} (${names})`);
  };
  tell(files.deletedMeanwhile, 'Files that were deleted while the backup was made, and are not in it');
  tell(files.missing, 'Files that are missing in the store, and had been before');
  tell(files.changed, 'Files that are not what was once stored');
}

/** `restore <dir>`. */
export async function restore(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, confirm: { type: 'string' } },
  });
  const folder = folderOf(positionals);
  const seconds = stopwatch();
  const settings = loadSettings();
  const replaces = (database: string): Promise<boolean> => agreed(database, values);
  const place = { place: settings, store: await fileStoreOf(settings) };
  const manifest = await restoreBackup(place, folder, replaces, progress());
  say(
    `Restored ${contents(manifest)} in ${seconds()} s, as of ${manifest.takenAt}. All of it was read again and compared.`,
  );
  say('Everybody has to sign in again. Mails that waited when the backup was made will be sent by the next start.');
}

/** Whoever replaces what is there types its name. */
async function agreed(
  database: string,
  { replace, confirm }: { replace: boolean; confirm?: string },
): Promise<boolean> {
  if (!replace) return false;
  const typed =
    confirm ?? (await ask(`Everything in the database ${database} will be removed. Type its name to go on: `));
  if (typed === undefined)
    throw new UsageError(`Without a terminal, --replace needs --confirm '${database}' beside it.`);
  if (typed.trim() !== database) throw new UsageError(`That is not its name: ${database}. Nothing was changed.`);
  return true;
}

/** `db:move --to <url>`. */
export async function moveTo(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
  const from = loadSettings();
  const to: DatabasePlace = { dataDir: from.dataDir, databaseUrl: urlOf(values.to) };
  const seconds = stopwatch();
  const { tables, rows } = await moveDatabase(from, to, progress());
  say(
    `Moved ${count(rows)} rows of ${tables} tables in ${seconds()} s, and compared them. The old database is as it was.`,
  );
  say(
    to.databaseUrl
      ? 'Set DATABASE_URL to the new one, and start Parley.'
      : 'Take DATABASE_URL out of the settings, and start Parley.',
  );
}

function urlOf(to: string | undefined): string | undefined {
  if (to === 'sqlite') return undefined;
  if (to && /^mysql:\/\/[^/]+\/[^/?]+/.test(to)) return to;
  throw new UsageError('--to must be mysql://user:pass@host:3306/db, or sqlite for the file in DATA_DIR.');
}
