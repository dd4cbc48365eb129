/**
 * What people notice who talk while others sign in: checking a password takes a processor for a while.
 *
 *   npm run bench -- sign-in [options]
 *
 *   --rate 20         sign-ins per second, beside the chat
 *   --people 100      connected people
 *   --messages 20     messages per second in all
 *   --seconds 30      how long
 *   --warm-up 15      how long before that, unmeasured, without sign-ins
 *   --burst 400       sign-ins at the very same moment, at the end
 *   --engine sqlite   or mysql
 *   --database        the server for --engine mysql; a database is created on it and dropped again
 *   --port 4100       of the server
 *
 * Server and chat are processes of their own, all on this machine; the chat is that of `delivery`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freshDatabase } from './delivery/database.mjs';
import { Load } from './delivery/load-process.mjs';
import { percentiles } from './delivery/report.mjs';
import { startServer } from './delivery/servers.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const ACCOUNTS = 20;
const LOOK_EVERY_MS = 50;
const PASSWORD = 'measured with a password of words';

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    rate: { type: 'string', default: '20' },
    people: { type: 'string', default: '100' },
    messages: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
    'warm-up': { type: 'string', default: '15' },
    burst: { type: 'string', default: '400' },
    engine: { type: 'string', default: 'sqlite' },
    database: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    port: { type: 'string', default: '4100' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('The options stand at the top of bench/sign-in.mjs.');
  process.exit(0);
}
const plan = { people: Number(values.people), rate: Number(values.messages), seconds: Number(values.seconds), room: 0 };
const port = Number(values.port);
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

const rates = `${plan.people} people, ${plan.rate} messages/s, ${values.rate} sign-ins/s for ${plan.seconds} s`;
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${values.engine}; ${rates}`);
console.log(`load of the machine before: ${loadavg()[0].toFixed(1)}`);

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const database = values.engine === 'mysql' ? await freshDatabase(values.database) : undefined;
try {
  await measure();
} finally {
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const server = await startServer({ root: ROOT, port, dataDir, databaseUrl: database?.url });
  const load = new Load(server.url, { people: await server.seed(plan) });
  try {
    const accounts = await opened(server.url);
    await load.connect();
    await load.send({ ...plan, seconds: Number(values['warm-up']) });
    print('without sign-ins', { chat: await load.send(plan) });

    const looking = lookAt(server.url);
    const signingIn = signInSteadily(server.url, accounts);
    const chat = await load.send(plan);
    print('beside sign-ins', { chat, signIns: await signingIn, live: await looking.end() });

    const burst = lookAt(server.url);
    const talking = load.send({ ...plan, seconds: 10 });
    await sleep(1_000);
    const signIns = await Promise.all(
      Array.from({ length: Number(values.burst) }, (_, index) => signIn(server.url, accounts[index % ACCOUNTS])),
    );
    print(`${values.burst} at once`, { chat: await talking, signIns, live: await burst.end() });
  } finally {
    await load.end();
    await server.end();
  }
}

async function opened(url) {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
    email: `measured-${index}@example.com`,
    password: PASSWORD,
  }));
  for (const account of accounts) {
    const { status } = await post(url, 'register', account);
    if (status !== 201) throw new Error(`Registering answered ${status}.`);
  }
  return accounts;
}

function post(url, route, body) {
  return fetch(`${url}/api/auth/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function signIn(url, account) {
  const started = performance.now();
  const answer = await post(url, 'login', account);
  await answer.arrayBuffer();
  return { status: answer.status, ms: performance.now() - started };
}

/** At a steady rate, however long the answers take. */
async function signInSteadily(url, accounts) {
  const rate = Number(values.rate);
  const started = performance.now();
  const answers = [];
  for (let count = 0; count < rate * plan.seconds; count += 1) {
    const due = started + (count * 1_000) / rate;
    while (performance.now() < due) await sleep(Math.max(0, due - performance.now()));
    answers.push(signIn(url, accounts[count % ACCOUNTS]));
  }
  return Promise.all(answers);
}

/** Asks whether the server lives, again and again. */
function lookAt(url) {
  const times = [];
  let isOver = false;
  const run = (async () => {
    while (!isOver) {
      const started = performance.now();
      const { ok } = await fetch(`${url}/health/live`);
      if (!ok) throw new Error('The server says that it does not live.');
      times.push(performance.now() - started);
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await run;
      return times;
    },
  };
}

function print(title, { chat, signIns, live }) {
  const facts = [`chat seen ${inWords(chat.seen)}, refused ${chat.refused}`];
  if (signIns) {
    const counts = grouped(signIns);
    facts.push(`sign-ins ${counts.map(([status, { length }]) => `${length} x ${status}`).join(', ')}`);
    for (const [status, answers] of counts)
      facts.push(`  ${status} after ${inWords(percentiles(answers.map(({ ms }) => ms)))}`);
  }
  if (live) facts.push(`/health/live ${inWords(percentiles(live))}`);
  console.log(`${title}\n  ${facts.join('\n  ')}`);
}

function inWords({ p50, p99, max }) {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${max.toFixed(0)} ms`;
}

/** Node 20 has no Map.groupBy yet. */
function grouped(signIns) {
  const groups = new Map();
  for (const one of signIns) groups.set(one.status, [...(groups.get(one.status) ?? []), one]);
  return [...groups];
}
