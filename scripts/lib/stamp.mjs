import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Names every file below the given paths, in one stable order.
 *
 * @param {string[]} paths files and folders; those that do not exist are left out
 * @param {(path: string) => boolean} accept
 * @returns {string[]}
 */
function filesOf(paths, accept) {
  return paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return [];
    if (!stats.isDirectory()) return accept(path) ? [path] : [];
    const names = readdirSync(path).filter((name) => name !== 'node_modules' && !name.startsWith('.'));
    return filesOf(
      names.sort().map((name) => join(path, name)),
      accept,
    );
  });
}

/**
 * Reduces files to one text that changes when a name or a byte of them changes.
 *
 * @param {string} root names count relative to it, so that a moved checkout keeps its stamps
 * @param {string[]} paths
 * @param {{accept?: (path: string) => boolean, extra?: string[]}} [options] `extra` is whatever else the result depends on
 */
export function hashOf(root, paths, { accept = () => true, extra = [] } = {}) {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(`${text}\0`);
  for (const path of filesOf(paths, accept)) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string | undefined} what the stamp says; undefined when there is none
 */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Writes a stamp at once or not at all.
 *
 * @param {string} path
 * @param {string} value
 */
export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${value}\n`);
  renameSync(temporary, path);
}

/** @param {string} path */
export const removeStamp = (path) => rmSync(path, { force: true });
