import { existsSync } from 'node:fs';
import { at, ROOT, TOOLS } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { mustRun } from './process.mjs';
import { withProgress } from './progress.mjs';
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

/** @typedef {'backend' | 'frontend'} Part */

/** What each half is made of, how it is made, and the file that proves that it was. */
const PARTS = {
  backend: {
    label: 'Building the backend',
    sources: ['backend/src', 'backend/tsconfig.json', 'backend/tsconfig.build.json', 'nest-cli.json'],
    args: [TOOLS.nest, 'build'],
    result: at('dist/backend/main.js'),
  },
  frontend: {
    label: 'Building the client',
    sources: ['frontend', 'angular.json', 'backend/src/realtime/socket-events.ts'],
    args: [TOOLS.ng, 'build'],
    result: at('dist/frontend/index.html'),
  },
};

/** @type {Part[]} */
export const ALL_PARTS = ['backend', 'frontend'];

/** @param {string} path */
const isBuilt = (path) => !/\.spec\.ts$/.test(path);

/** @param {Part} part */
const stampOf = (part) => at(`dist/.${part}.stamp`);

/** @param {Part} part */
function wanted(part) {
  const sources = [...PARTS[part].sources, 'package.json', 'package-lock.json'];
  return hashOf(
    ROOT,
    sources.map((path) => at(path)),
    { accept: isBuilt },
  );
}

/** @param {Part} part */
export const isFresh = (part) => readStamp(stampOf(part)) === wanted(part) && existsSync(PARTS[part].result);

/**
 * Builds the parts whose sources changed, side by side. Call it under the lock of the checkout.
 *
 * @param {Part[]} parts
 */
export async function build(parts) {
  const stale = parts.filter((part) => !isFresh(part));
  if (stale.length === 0) return;
  const label = stale.length === 2 ? 'Building backend and client' : PARTS[stale[0]].label;
  await withProgress(label, async () => {
    const results = await Promise.allSettled(stale.map(buildPart));
    const reasons = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
    const unexpected = reasons.find((reason) => !(reason instanceof Failure));
    if (unexpected) throw unexpected;
    const outputs = reasons.map((reason) => reason.output.trimEnd());
    if (reasons.length) throw new Failure(reasons.map((reason) => reason.message).join('\n'), outputs.join('\n\n'));
  });
}

/** @param {Part} part */
async function buildPart(part) {
  const hash = wanted(part);
  removeStamp(stampOf(part));
  // Joins the many small files of script that the builder leaves: fewer requests, and several kilobytes less to load.
  const env = { NG_BUILD_OPTIMIZE_CHUNKS: '1', ...process.env, NG_CLI_ANALYTICS: 'false' };
  await mustRun(`${PARTS[part].label} failed; the messages are above.`, process.execPath, PARTS[part].args, env);
  writeStamp(stampOf(part), hash);
}
