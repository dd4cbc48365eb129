/**
 * What lists, counts, single tickets and search cost on a desk that volume:load has filled.
 *
 *   npm run bench -- tickets --database mysql://root@127.0.0.1:3306/parley_volume [options]
 *
 *   --compare <url>     another filled database, usually with 10,000 tickets: shown as a ratio
 *   --requests 300      of each kind, one after the other
 *   --seconds 5         how long each throughput is measured
 *   --only <words>      kinds whose name contains one of these, by comma
 *   --port 4100         of the server; the bare route uses the next one
 *   --profile <folder>  writes a processor profile of the server there, of the measured lists
 *
 * The database keeps the few hundred tickets that are opened. The bare route is a Nest application whose one route runs
 * one keyset query through mysql2 on the same table: what a list costs without a product around it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Child, startServer } from './delivery/servers.mjs';
import { kindsOf, throughputKindsOf } from './tickets/kinds.mjs';
import { measuredDatabase } from './tickets/database.mjs';
import { printRatio, printRow, printThroughput } from './tickets/report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const LONGEST_MS = 600_000;
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    database: { type: 'string' },
    compare: { type: 'string' },
    requests: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    port: { type: 'string', default: '4100' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !values.database) {
  console.log('The options stand at the top of bench/tickets.mjs; --database names a database filled by volume:load.');
  process.exit(values.help ? 0 : 1);
}

const port = Number(values.port);
const words = values.only.split(',').filter(Boolean);
const isWanted = ({ name }) => !words.length || words.some((word) => name.includes(word));
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

const large = await measure(values.database);
if (values.compare) {
  const small = await measure(values.compare);
  for (const [name, { p50 }] of small) if (large.has(name)) printRatio(name, large.get(name).p50, p50);
}

async function measure(databaseUrl) {
  const database = await measuredDatabase(databaseUrl);
  console.log(
    `\nNode ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ` +
      `${database.version}, ${database.tickets} tickets, ${database.messages} messages, buffer pool ${database.poolMb} MB`,
  );
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const server = await startServer({ root: ROOT, port, dataDir, databaseUrl });
  const load = new Child(join(import.meta.dirname, 'tickets/load.mjs'), []);
  try {
    const desk = await seeded(server);
    if (values.profile) await server.startProfile();
    const results = await measureKinds(server, load, database, desk);
    if (values.profile) await server.writeProfile(values.profile);
    await measureBare(load, database);
    for (const kind of throughputKindsOf(desk).filter(isWanted)) {
      const before = await server.usage(database);
      const result = await load.ask(
        'throughput',
        { url: server.url, kind, seconds: Number(values.seconds) },
        LONGEST_MS,
      );
      printThroughput(kind, result, before, await server.usage(database));
    }
    return results;
  } finally {
    await load.end();
    await server.end();
    await database.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Sign-ins of people who are there already, and what they look at. */
async function seeded(server) {
  const child = new Child(join(import.meta.dirname, 'tickets/seed.mjs'), [ROOT], { env: server.env });
  try {
    return await child.ask('seed', {}, LONGEST_MS);
  } finally {
    await child.end();
  }
}

async function measureKinds(server, load, database, desk) {
  const results = new Map();
  for (const kind of kindsOf(desk).filter(isWanted)) {
    await load.ask('warm-up', { url: server.url, kind }, LONGEST_MS);
    const before = await server.usage(database);
    const plan = { url: server.url, kind, requests: Number(values.requests) };
    const result = await load.ask('one-by-one', plan, LONGEST_MS);
    printRow(kind.name, result, before, await server.usage(database));
    results.set(kind.name, result);
  }
  return results;
}

async function measureBare(load, database) {
  const bare = new Child(join(import.meta.dirname, 'tickets/bare.mjs'), [ROOT, String(port + 1), database.url]);
  const usage = async () => ({ serverMs: await bare.ask('usage'), databaseMs: database.usage() });
  try {
    await bare.ask('listen');
    const url = `http://127.0.0.1:${port + 1}`;
    const kind = { name: 'bare route', steps: [[{ method: 'GET', path: '/newest-open' }]], clients: 16 };
    await load.ask('warm-up', { url, kind }, LONGEST_MS);
    let before = await usage();
    const alone = await load.ask('one-by-one', { url, kind, requests: Number(values.requests) }, LONGEST_MS);
    printRow(kind.name, alone, before, await usage());
    before = await usage();
    const result = await load.ask('throughput', { url, kind, seconds: Number(values.seconds) }, LONGEST_MS);
    printThroughput(kind, result, before, await usage());
  } finally {
    await bare.end();
  }
}
