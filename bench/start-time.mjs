/**
 * How long `npm start` takes on a fresh clone, and again when nothing changed.
 *
 *   node bench/start-time.mjs [port]
 *
 * Clones the committed state of this checkout into a temporary folder. The package manager's own cache is used as it
 * is; empty it before for the figure of a machine that never installed anything.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '..');
const PORT = process.argv[2] ?? '3999';
const LONGEST_MS = 15 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
try {
  execFileSync('git', ['clone', '--quiet', ROOT, folder]);
  console.log(`Node ${process.version}, ${cpus().length} cores`);
  console.log(`fresh clone, to the first answer: ${await startOnce()} s`);
  console.log(`nothing changed, to the first answer: ${await startOnce()} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts, waits until the server says that it is ready, stops it, and returns the seconds it took. */
async function startOnce() {
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  try {
    await ready(child);
    return ((performance.now() - started) / 1_000).toFixed(1);
  } finally {
    const ended = new Promise((end) => child.once('exit', end));
    if (child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
}

async function ready(child) {
  const deadline = Date.now() + LONGEST_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('The server did not become ready.');
}
