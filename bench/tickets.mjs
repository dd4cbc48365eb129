/**
 * What lists, counts, single tickets and search cost on a desk that volume:load has filled.
 *
 *   npm run bench -- tickets --database mysql://root@127.0.0.1:3306/parley_volume [options]
 *
 *   --database <place>  a server's address, or the data folder of an embedded database
 *   --compare <place>   another filled database, usually with 10,000 tickets: shown as a ratio
 *   --explain           prints how the databases find each list, as docs/query-plans.md has it, and measures nothing
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
import { Child, environment, startServer } from './delivery/servers.mjs';
import { kindsOf, throughputKindsOf } from './tickets/kinds.mjs';
import { measuredDatabase } from './tickets/database.mjs';
import { printPlans } from './tickets/plans-report.mjs';
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
    explain: { type: 'boolean', default: false },
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

if (values.explain) await explain();
else await compare();

async function explain() {
  const places = [values.database, values.compare].filter(Boolean);
  const databases = await Promise.all(places.map(measuredDatabase));
  printPlans(await Promise.all(databases.map(async (database) => ({ ...database, plans: await plansOf(database) }))));
}

async function compare() {
  const large = await measure(values.database);
  if (!values.compare) return;
  const small = await measure(values.compare);
  for (const [name, { p50 }] of small) if (large.has(name)) printRatio(name, large.get(name).p50, p50);
}

async function measure(place) {
  const database = await measuredDatabase(place);
  console.log(
    `\nNode ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ` + database.about,
  );
  const temporary = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const { url: databaseUrl, dataDir = temporary } = database;
  const server = await startServer({ root: ROOT, port, dataDir, databaseUrl });
  const load = new Child(join(import.meta.dirname, 'tickets/load.mjs'), []);
  try {
    const desk = await seeded(server);
    if (values.profile) await server.startProfile();
    const results = await measureKinds(server, load, database, desk);
    if (values.profile) await server.writeProfile(values.profile);
    if (databaseUrl) await measureBare(load, database);
    for (const kind of throughputKindsOf(desk).filter(isWanted)) {
      const before = await usageOf(server, database);
      const result = await load.ask(
        'throughput',
        { url: server.url, kind, seconds: Number(values.seconds) },
        LONGEST_MS,
      );
      printThroughput(kind, result, before, await usageOf(server, database));
    }
    return results;
  } finally {
    await load.end();
    await server.end();
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** An embedded database has no process of its own. */
function usageOf(server, database) {
  return server.usage(database.pid ? database : undefined);
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

/** How a database finds each list; the product says what it asks. */
async function plansOf({ url, dataDir }) {
  const temporary = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const env = environment({ port, dataDir: dataDir ?? temporary, databaseUrl: url });
  const child = new Child(join(import.meta.dirname, 'tickets/plans.mjs'), [ROOT], { env });
  try {
    return await child.ask('plans', {}, LONGEST_MS);
  } finally {
    await child.end();
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function measureKinds(server, load, database, desk) {
  const results = new Map();
  const kinds = kindsOf(desk).filter(isWanted);
  for (const kind of kinds) await load.ask('warm-up', { url: server.url, kind }, LONGEST_MS);
  for (const kind of kinds) {
    const before = await usageOf(server, database);
    const plan = { url: server.url, kind, requests: Number(values.requests) };
    const result = await load.ask('one-by-one', plan, LONGEST_MS);
    printRow(kind.name, result, before, await usageOf(server, database));
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
