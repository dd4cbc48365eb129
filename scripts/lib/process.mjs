import { spawn } from 'node:child_process';
import { ROOT } from './checkout.mjs';
import { Failure } from './failure.mjs';

const PARENT_POLL_MS = 250;

/** Children that still run; whoever interrupts a command ends these too. */
const running = new Set();
let interrupted = false;
/** @type {((signal: NodeJS.Signals) => void) | undefined} */
let signalHandler;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => interrupt(signal));

/**
 * npm hands SIGTERM to the shell between it and this process, and that shell dies without passing it on. A parent that
 * is gone therefore means the same.
 */
function watchParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    interrupt('SIGTERM');
  }, PARENT_POLL_MS);
  timer.unref();
}

if (process.env.npm_lifecycle_event && process.platform !== 'win32') watchParent();

/** @param {NodeJS.Signals} signal */
function interrupt(signal) {
  if (signalHandler) return signalHandler(signal);
  for (const child of running) child.kill(signal);
  if (running.size === 0 || interrupted) process.exit(signal === 'SIGINT' ? 130 : 143);
  interrupted = true;
}

/**
 * From now on signals go to `handler` alone.
 *
 * @param {(signal: NodeJS.Signals) => void} handler
 */
export function takeSignals(handler) {
  signalHandler = handler;
}

/** @param {import('node:child_process').ChildProcess} child */
function whenEnded(child) {
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      if (interrupted) process.exit(130);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

/**
 * Runs a program to its end and keeps its output.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{code: number, output: string}>}
 */
export async function capture(program, args, env = process.env) {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await whenEnded(child);
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

/**
 * As {@link capture}, but a program that fails becomes a {@link Failure} with its output.
 *
 * @param {string} sentence what to say when it fails
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function mustRun(sentence, program, args, env = process.env) {
  const { code, output } = await capture(program, args, env);
  if (code !== 0) throw new Failure(sentence, output);
  return output;
}

/**
 * Runs a program whose output the reader follows live.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, limitMs?: number, stdin?: 'ignore' | 'inherit'}} [options] past `limitMs` the program is killed and counts as failed
 * @returns {Promise<{code: number, timedOut: boolean}>}
 */
export async function show(program, args, { env = process.env, limitMs, stdin = 'ignore' } = {}) {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: [stdin, 'inherit', 'inherit'] });
  let timedOut = false;
  const timer = limitMs
    ? setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, limitMs)
    : undefined;
  try {
    return { code: await whenEnded(child), timedOut };
  } finally {
    clearTimeout(timer);
  }
}
