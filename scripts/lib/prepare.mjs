import { build, isFresh } from './build.mjs';
import { at } from './checkout.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';

const LOCK = at('dist/.lock');

/**
 * Installs and builds what is missing or out of date. Several commands at once in one checkout take turns.
 *
 * @param {import('./build.mjs').Part[]} parts the halves that must be built
 */
export async function prepare(parts) {
  if (isInstalled() && parts.every(isFresh)) return;
  const makeReady = async () => {
    await install();
    await build(parts);
  };
  await withLock(LOCK, makeReady, (owner) =>
    console.log(`… Waiting for process ${owner}, which is installing or building in this folder`),
  );
}
