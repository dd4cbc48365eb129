import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { productEnvironment } from '../../scripts/lib/settings-names.mjs';

const LONGEST_START_MS = 60_000;
const LONGEST_SEED_MS = 600_000;
const TICKS_PER_SECOND = 100;

/** A child process with which questions and answers are exchanged. */
export class Child {
  constructor(script, args, options = {}) {
    this.process = fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...options });
  }

  /** Sends a question and waits for the answer of the same name. */
  ask(name, payload, longestMs = LONGEST_START_MS) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No answer to "${name}".`)), longestMs);
      const ended = () => reject(new Error(`The process ended before it answered "${name}".`));
      const listen = (message) => {
        if (message.name !== name) return;
        clearTimeout(timer);
        this.process.off('message', listen);
        this.process.off('exit', ended);
        resolve(message.payload);
      };
      this.process.on('message', listen);
      this.process.once('exit', ended);
      this.process.send({ name, payload });
    });
  }

  end() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return Promise.resolve();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    return ended;
  }
}

/** The settings of the product while it is measured. */
export const environment = ({ port, dataDir, databaseUrl, settings = {} }) =>
  productEnvironment({
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DEMO: 'false',
    LOG_LEVEL: 'error',
    RATE_LIMIT_SCALE: '10000',
    NODE_ENV: 'production',
    JWT_SECRET: 'measured-with-a-key-that-opens-nothing-else',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...settings,
  });

/**
 * The built product with a data folder of its own, watched from inside by `probe.mjs` unless told otherwise: what it is
 * started with, the processes that it starts by itself are started with too.
 */
export async function startServer({ root, port, dataDir, databaseUrl, isProbed = true, settings }) {
  const env = environment({ port, dataDir, databaseUrl, settings });
  const probe = join(import.meta.dirname, 'probe.mjs');
  const child = new Child(join(root, 'dist/backend/main.js'), [], {
    env,
    execArgv: isProbed ? ['--expose-gc', '--import', probe] : [],
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url);
  return {
    url,
    env,
    pid: child.process.pid,
    end: () => child.end(),
    memory: () => child.ask('memory'),
    startProfile: () => child.ask('start-profile'),
    writeProfile: (folder) => child.ask('write-profile', folder),
    /** Processor time so far, in milliseconds. */
    usage: async (database) => ({
      serverMs: processorMs(child.process.pid),
      databaseMs: database ? processorMs(database.pid) : 0,
    }),
    /** People with sign-ins, and the tickets they talk in. */
    async seed(plan) {
      const seeder = new Child(join(import.meta.dirname, 'seed.mjs'), [root], { env });
      try {
        return await seeder.ask('seed', plan, LONGEST_SEED_MS);
      } finally {
        await seeder.end();
      }
    },
  };
}

/** A bare Socket.IO server that passes messages on. */
export async function startEcho({ port }) {
  const child = new Child(join(import.meta.dirname, 'echo.mjs'), [String(port)]);
  await child.ask('listen');
  return {
    url: `http://127.0.0.1:${port}`,
    end: () => child.end(),
    people: (plan) => strangers(plan),
  };
}

/** The same shape as the seeded people: agents first, everybody in rooms of two or in one. */
function strangers({ people, room }) {
  const agents = Math.max(1, Math.round(people / 20));
  return Array.from({ length: people }, (_, index) => ({
    token: '',
    isStaff: index < agents,
    tickets: room
      ? [1001]
      : index < agents
        ? Array.from({ length: people - agents }, (_, ticket) => ticket).filter((ticket) => ticket % agents === index)
        : [index - agents],
  }));
}

async function ready(url) {
  const deadline = Date.now() + LONGEST_START_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('The server did not become ready.');
}

/** User and system time of a process (proc(5): fields 14 and 15 of stat). */
export function processorMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}
