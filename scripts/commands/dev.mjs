import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { at, ROOT, TOOLS } from '../lib/checkout.mjs';
import { exitWith, Failure } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { takeSignals } from '../lib/process.mjs';

const BACKEND_OUT = 'dist/dev-backend';
const PROXY_FILE = 'dist/dev-proxy.json';
const COMPILED = /Found 0 errors/;
const STOP_WITHIN_MS = 5_000;

/**
 * `npm run dev`: both halves rebuild when a file is saved. The client's development server is the one address and
 * hands API and sockets on to the backend, which listens on a free port.
 */
export const run = () =>
  exitWith(async () => {
    await prepare([]);
    const port = Number(process.env.PORT || 3000);
    if (!(await isFree(port))) throw new Failure(`Port ${port} is taken; stop what listens there or set PORT.`);
    const backendPort = await freePort();
    writeProxy(backendPort);
    return new Development(port, backendPort).run();
  });

/** The three programs of a development session: compiler, server, client. */
class Development {
  /** @param {number} port @param {number} backendPort */
  constructor(port, backendPort) {
    this.port = port;
    this.backendPort = backendPort;
    /** @type {import('node:child_process').ChildProcess | undefined} */
    this.server = undefined;
    this.restarting = Promise.resolve();
    this.stopping = false;
  }

  /** @returns {Promise<number>} when the session was ended */
  run() {
    this.compiler = this.start([
      ...[TOOLS.tsc, '-p', at('backend/tsconfig.build.json'), '--watch', '--preserveWatchOutput'],
      ...['--outDir', at(BACKEND_OUT), '--incremental', '--tsBuildInfoFile', at(BACKEND_OUT, '.tsbuildinfo')],
    ]);
    this.compiler.stdout.on('data', (chunk) => this.onCompiler(chunk.toString('utf8')));
    this.client = this.start(
      [TOOLS.ng, 'serve', '--host', 'localhost', '--port', String(this.port), '--proxy-config', PROXY_FILE],
      { NG_CLI_ANALYTICS: 'false' },
    );
    this.client.stdout.on('data', (chunk) => process.stdout.write(chunk));
    return new Promise((resolve) => {
      takeSignals(() => void this.stop().then(() => resolve(0)));
      for (const child of [this.compiler, this.client])
        child.once('exit', () => this.stopping || void this.stop().then(() => resolve(1)));
    });
  }

  /** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
  start(args, env = {}) {
    const stdio = /** @type {const} */ (['ignore', 'pipe', 'inherit']);
    return spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio, detached: ownGroup });
  }

  /** @param {string} text */
  onCompiler(text) {
    process.stdout.write(text);
    if (COMPILED.test(text)) this.restarting = this.restarting.then(() => this.restart());
  }

  async restart() {
    if (this.stopping) return;
    await end(this.server);
    const origins = [`http://localhost:${this.port}`, `http://127.0.0.1:${this.port}`];
    this.server = this.start(['--enable-source-maps', at(BACKEND_OUT, 'main.js')], {
      PORT: String(this.backendPort),
      PUBLIC_URL: process.env.PUBLIC_URL ?? origins[0],
      ALLOWED_ORIGINS: process.env.ALLOWED_ORIGINS ?? origins.join(','),
    });
    this.server.stdout.on('data', (chunk) => process.stdout.write(chunk));
  }

  async stop() {
    if (this.stopping) return;
    this.stopping = true;
    await Promise.all([this.server, this.compiler, this.client].map(end));
  }
}

/** Apart from this process's group, so that one Ctrl-C reaches each program once, through stop(). */
const ownGroup = process.platform !== 'win32';

/** @param {import('node:child_process').ChildProcess | undefined} child */
async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signalAll(child, 'SIGTERM');
  const timer = setTimeout(() => signalAll(child, 'SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

/**
 * Reaches the helpers of a program too, such as the bundler of the client.
 *
 * @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal
 */
function signalAll(child, signal) {
  if (ownGroup && child.pid) process.kill(-child.pid, signal);
  else child.kill(signal);
}

/** @param {number} backendPort */
function writeProxy(backendPort) {
  const target = `http://127.0.0.1:${backendPort}`;
  const proxy = {
    '/api': { target },
    '/health': { target },
    '/metrics': { target },
    '/socket.io': { target, ws: true },
  };
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(at(PROXY_FILE), JSON.stringify(proxy, null, 2));
}

/** @param {number} port @returns {Promise<number>} the port that was bound and freed again */
async function bind(port) {
  const probe = createServer();
  probe.listen(port, '127.0.0.1');
  await once(probe, 'listening');
  const { port: bound } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return bound;
}

const freePort = () => bind(0);

/** @param {number} port */
const isFree = (port) =>
  bind(port).then(
    () => true,
    () => false,
  );
