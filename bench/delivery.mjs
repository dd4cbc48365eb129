/**
 * How fast a message gets from one person to another, and what that costs.
 *
 *   npm run bench -- delivery [options]
 *
 *   --people 1000       connected people; of 20 people one is an agent
 *   --rate 100          messages per second in all
 *   --seconds 20        how long messages are sent
 *   --warm-up 30        how long before that, unmeasured: a server that has just started has compiled little yet
 *   --room 100          instead of --people: so many follow one ticket and all talk there
 *   --engine sqlite     or mysql
 *   --database          the server for --engine mysql; a database is created on it and dropped again
 *   --port 4100         of the server; the echo uses the next one
 *   --storm             everybody leaves and comes back at once, while messages go on
 *   --profile <folder>  writes a processor profile of the server there
 *
 * Server, load and echo are processes of their own, all on this machine. The echo is a bare Socket.IO server without
 * rights, storage or lists: the same frames go through it, for a ratio that depends less on the machine.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freshDatabase } from './delivery/database.mjs';
import { Load } from './delivery/load-process.mjs';
import { printPhase, printSystem } from './delivery/report.mjs';
import { startEcho, startServer } from './delivery/servers.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    people: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    'warm-up': { type: 'string', default: '30' },
    room: { type: 'string', default: '0' },
    engine: { type: 'string', default: 'sqlite' },
    database: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    port: { type: 'string', default: '4100' },
    storm: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('The options stand at the top of bench/delivery.mjs.');
  process.exit(0);
}

const room = Number(values.room);
const plan = {
  people: room || Number(values.people),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  room,
};
const port = Number(values.port);
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${values.engine}; ${plan.people} people, ` +
    `${plan.rate} messages/s for ${plan.seconds} s${plan.room ? `, one room of ${plan.room}` : ''}`,
);

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const database = values.engine === 'mysql' ? await freshDatabase(values.database) : undefined;
try {
  const echo = await measureEcho();
  const product = await measureServer();
  for (const name of ['acknowledged', 'seen'])
    console.log(
      `${name}: p50 ${(product[name].p50 / echo[name].p50).toFixed(1)} x echo, p99 ${(product[name].p99 / echo[name].p99).toFixed(1)} x echo`,
    );
} finally {
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measureEcho() {
  const server = await startEcho({ port: port + 1 });
  const load = new Load(server.url, { people: server.people(plan) });
  try {
    await load.connect();
    const result = await load.send(plan);
    printPhase('bare echo', result);
    return result;
  } finally {
    await load.end();
    await server.end();
  }
}

async function measureServer() {
  const server = await startServer({ root: ROOT, port, dataDir, databaseUrl: database?.url });
  const load = new Load(server.url, { people: await server.seed(plan) });
  try {
    const empty = await server.memory();
    const connected = await load.connect();
    const { connectionsPerSecond, subscriptionsPerSecond } = connected;
    console.log(
      `connections: ${connectionsPerSecond.toFixed(0)}/s with token check; then subscriptions: ${subscriptionsPerSecond.toFixed(0)}/s`,
    );
    const full = await server.memory();
    const perPerson = (name) => ((full[name] - empty[name]) / plan.people / 1024).toFixed(0);
    console.log(`memory per person: ${perPerson('rss')} KB resident, ${perPerson('heapUsed')} KB of heap`);
    await load.send({ ...plan, seconds: Number(values['warm-up']) });
    const usage = await server.usage(database);
    if (values.profile) await server.startProfile();
    const result = await load.send(plan);
    if (values.profile) await server.writeProfile(values.profile);
    printPhase('parley', result);
    printSystem(result, usage, await server.usage(database));
    if (values.storm) {
      const storm = await load.storm(plan);
      console.log(`all ${plan.people} back at once: caught up after ${(storm.ms / 1_000).toFixed(1)} s`);
    }
    return result;
  } finally {
    await load.end();
    await server.end();
  }
}
