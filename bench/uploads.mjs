/**
 * What uploads cost: the memory of the server while many photos come at once, how long they take and how long others
 * wait meanwhile, and how fast a picture is refused that only claims to be vast. Linux only.
 *
 *   npm run bench -- uploads [options]
 *
 *   --count 100     photos
 *   --at-once 8     of them at a time
 *   --bytes 4194304 of each
 *   --port 4100     of the server
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startServer } from './delivery/servers.mjs';
import { percentiles } from './tickets/report.mjs';
import { residentOf, watchMemory } from './uploads/memory.mjs';
import { claimingPng, photo } from './uploads/pictures.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const REFUSALS = 20;
const CLAIMING_BYTES = 30_000;
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    count: { type: 'string', default: '100' },
    'at-once': { type: 'string', default: '8' },
    bytes: { type: 'string', default: '4194304' },
    port: { type: 'string', default: '4100' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('The options stand at the top of bench/uploads.mjs.');
  process.exit(0);
}
const [count, atOnce, bytes] = [values.count, values['at-once'], values.bytes].map(Number);
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

const megabytes = (size) => `${(size / 1_048_576).toFixed(0)} MB`;
const inWords = ({ p50, p95, p99 }) => `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, p99 ${p99.toFixed(0)} ms`;

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ` +
    `${count} photos of ${bytes} bytes, ${atOnce} at a time`,
);
const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
try {
  await measure();
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const server = await startServer({ root: ROOT, port: Number(values.port), dataDir, isProbed: false });
  try {
    // Each person may stage only so much, so each photo has a person of its own.
    const people = await server.seed({ people: count + Math.ceil(count / 19) + 2, room: 0 });
    const customers = people.filter(({ isStaff }) => !isStaff);
    for (let warm = 0; warm < 50; warm += 1) await fetch(`${server.url}/health/ready`);
    await measurePhotos(server, customers.slice(0, count));
    await measureRefusals(server, customers[0]);
  } finally {
    await server.end();
  }
}

async function measurePhotos(server, customers) {
  const file = new Blob([await photo(bytes)], { type: 'image/jpeg' });
  const before = residentOf(server.pid);
  const stopWatching = watchMemory(server.pid);
  const stopAsking = askMeanwhile(server);
  const waiting = [...customers];
  const times = [];
  const start = performance.now();
  const client = async () => {
    for (let person = waiting.pop(); person; person = waiting.pop())
      times.push(await upload(server, person, file, 'photo.jpg', 201));
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const took = (performance.now() - start) / 1_000;
  const peak = stopWatching();
  console.log(`photos: ${(customers.length / took).toFixed(1)} a second, each ${inWords(percentiles(times))}`);
  console.log(`/health/live meanwhile: ${inWords(percentiles(await stopAsking()))}`);
  console.log(
    `resident memory of the server: ${megabytes(before)} before, at most ${megabytes(peak.server)} (${megabytes(peak.server - before)} more)`,
  );
  console.log(
    `the processes that decode: at most ${megabytes(peak.decoders)}; all together ${megabytes(peak.together)} (${megabytes(peak.together - before)} more)`,
  );
}

async function measureRefusals(server, person) {
  const file = new Blob([claimingPng(CLAIMING_BYTES)], { type: 'image/png' });
  const times = [];
  for (let index = 0; index < REFUSALS; index += 1) times.push(await upload(server, person, file, 'vast.png', 413));
  console.log(
    `a picture of ${CLAIMING_BYTES} bytes and 30,000 x 30,000 pixels is refused: first ${times[0].toFixed(0)} ms, then ${inWords(percentiles(times.slice(1)))}`,
  );
}

async function upload({ url }, { token, tickets }, file, name, expected) {
  const form = new FormData();
  form.set('file', file, name);
  const start = performance.now();
  const response = await fetch(`${url}/api/tickets/${tickets[0]}/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const text = await response.text();
  if (response.status !== expected) throw new Error(`Answered ${response.status}: ${text}`);
  return performance.now() - start;
}

/** Asks ten times a second until it is stopped, and then tells the times. */
function askMeanwhile({ url }) {
  let isStopped = false;
  const asking = (async () => {
    const times = [];
    while (!isStopped) {
      const start = performance.now();
      await (await fetch(`${url}/health/live`)).text();
      times.push(performance.now() - start);
      await sleep(100);
    }
    return times;
  })();
  return () => {
    isStopped = true;
    return asking;
  };
}
