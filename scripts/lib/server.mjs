import { spawn } from 'node:child_process';
import { at, ROOT } from './checkout.mjs';
import { takeSignals } from './process.mjs';

/** One Ctrl-C reaches this process twice, from the terminal and from npm; what comes later is a second one. */
const SAME_SIGNAL_MS = 400;

/**
 * Runs a built entry point in the foreground and answers its exit code.
 *
 * It gets a process group of its own and learns of signals from here only: otherwise one Ctrl-C would reach it
 * several times, and a second signal means to leave at once. When this process is killed, `follow-parent.cjs` ends it.
 *
 * @param {string} entry such as `dist/backend/main.js`
 * @returns {Promise<number>}
 */
export function serve(entry) {
  const follow = at('scripts/lib/follow-parent.cjs');
  const child = spawn(process.execPath, ['--require', follow, at(entry)], {
    cwd: ROOT,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const lastSeen = new Map();
  takeSignals((signal) => {
    const now = Date.now();
    const isRepeat = now - (lastSeen.get(signal) ?? 0) < SAME_SIGNAL_MS;
    lastSeen.set(signal, now);
    if (!isRepeat) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
