import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;
const HEARTBEAT_MS = 5_000;
const SILENT_MS = 120_000;

/**
 * Runs `work` while no other process of this checkout holds the lock. An owner that died, or fell silent for two
 * minutes, loses it.
 *
 * @template T
 * @param {string} path the lock file
 * @param {() => Promise<T>} work
 * @param {(owner: number) => void} [onWait] called once when another process has to be waited for
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), since: Date.now() });
  await acquire(path, mine, onWait);
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  const release = () => {
    if (contentOf(path) === mine) rmSync(path, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    release();
  }
}

/** @param {string} path @param {string} mine @param {(owner: number) => void} onWait */
async function acquire(path, mine, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryCreate(path, mine)) {
    const seen = contentOf(path);
    if (seen !== undefined && isStale(path, seen)) {
      takeAway(path, seen);
      continue;
    }
    if (!told) onWait(ownerOf(seen ?? '').pid);
    told = true;
    await sleep(POLL_MS);
  }
}

/**
 * The lock appears together with its content: a reader never finds it empty.
 *
 * @param {string} path @param {string} content
 */
function tryCreate(path, content) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} path @param {string} content */
function isStale(path, content) {
  const { pid, host } = ownerOf(content);
  if (host === hostname() && (pid === process.pid || !isAlive(pid))) return true;
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > SILENT_MS;
}

/**
 * Moves the lock aside before removing it, so that of two waiters only one takes it away, and puts back one that was
 * renewed in between.
 *
 * @param {string} path @param {string} seen
 */
function takeAway(path, seen) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (contentOf(aside) !== seen) tryCreate(path, contentOf(aside) ?? '');
  rmSync(aside, { force: true });
}

/** @param {string} content @returns {{pid: number, host: string}} */
function ownerOf(content) {
  try {
    const { pid, host } = JSON.parse(content);
    return { pid, host };
  } catch {
    return { pid: 0, host: hostname() };
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @param {string} path */
function contentOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken away while this process was asleep: release() then leaves the new owner's lock alone.
  }
}
