import { lstatSync, readFileSync } from 'node:fs';
import { at, ROOT } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { capture, mustRun } from './process.mjs';
import { withProgress } from './progress.mjs';
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const STAMP = at('node_modules/.parley-installed');
const WITH_SQLITE = ' with-sqlite';

/** Installing empties the folder first, and the folder behind a link is at work for somebody else. */
const FOREIGN_PACKAGES =
  'node_modules is a link to the packages of another checkout, and they are not those of the lock file here. Bring both ' +
  'checkouts to the same package-lock.json and install in the other one, or remove the link and run the command again.';

const LOAD_SQLITE = "new (require('better-sqlite3'))(':memory:').close()";
const NO_SQLITE =
  'SQLite cannot be used here: its driver better-sqlite3 neither came ready-made nor could be compiled. Install a C++ ' +
  'compiler, make and python3 (Debian: apt-get install build-essential python3), or set DATABASE_URL to a MySQL or ' +
  'MariaDB server, and run the command again.';

/** What the installed packages depend on; they are installed anew when it changes. */
const wanted = () =>
  hashOf(ROOT, [at('package.json'), at('package-lock.json'), at('.npmrc')], {
    extra: [process.version.split('.')[0], process.arch, process.platform],
  });

/** Whether a MySQL or MariaDB server is used, so that SQLite need not work. The value itself is the backend's affair. */
function usesServer() {
  if (process.env.DATABASE_URL) return true;
  return /^\s*(export\s+)?DATABASE_URL\s*=\s*["']?[^\s"'#]/m.test(readStamp(at('.env')) ?? '');
}

export function isInstalled() {
  const stamp = readStamp(STAMP);
  const hash = wanted();
  return stamp === hash + WITH_SQLITE || (stamp === hash && usesServer());
}

/** @param {string} path */
const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Makes node_modules hold exactly what the lock file says. Call it under the lock of the checkout. */
export async function install() {
  if (isInstalled()) return;
  const hash = wanted();
  const fits = matchesLockFile();
  if (!fits && isLink(at('node_modules'))) throw new Failure(FOREIGN_PACKAGES);
  removeStamp(STAMP);
  if (!fits)
    await withProgress('Installing packages from the lock file', async () => {
      const { program, args } = npmCommand();
      const sentence = 'The packages could not be installed; npm says why above.';
      await mustRun(sentence, program, [...args, 'ci', '--include=dev', '--no-progress'], npmEnvironment());
    });
  writeStamp(STAMP, (await sqliteWorks()) ? hash + WITH_SQLITE : hash);
}

/** Tries the driver and compiles it once when it does not load; ends in a sentence when SQLite is needed but missing. */
async function sqliteWorks() {
  if (await loads()) return true;
  const { program, args } = npmCommand();
  await withProgress('Building the SQLite driver', () =>
    capture(program, [...args, 'rebuild', 'better-sqlite3'], npmEnvironment()),
  );
  if (await loads()) return true;
  if (usesServer()) return false;
  throw new Failure(NO_SQLITE);
}

const loads = async () => (await capture(process.execPath, ['-e', LOAD_SQLITE])).code === 0;

/** Whether packages installed by a plain `npm ci` are already those of the lock file. */
function matchesLockFile() {
  const installed = packagesOf(at('node_modules/.package-lock.json'));
  const locked = packagesOf(at('package-lock.json'));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    if (!present) return entry.optional === true && path !== 'node_modules/better-sqlite3';
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** @param {string} path @returns {Record<string, {version: string, integrity: string, optional?: boolean}> | undefined} */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
