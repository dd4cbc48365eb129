/**
 * How many mails a minute go out, and whether a mail server that hangs slows down those who work.
 *
 *   npm run bench -- mail [options]
 *
 *   --mails 1000       comments that are written as fast as they are answered; each is mailed to one customer
 *   --hanging 200      comments that are written while the mail server hangs
 *   --writers 4        requests at once
 *   --database <url>   a MySQL or MariaDB server; by default SQLite in a scratch folder
 *   --port 4100        of the server
 *
 * The mail server is one in this process that takes everything at once. The way is the whole one: a request, its job, the
 * mail made of it, and its delivery over SMTP.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freshDatabase } from './delivery/database.mjs';
import { startServer } from './delivery/servers.mjs';
import { MailSink } from './mail/sink.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const PEOPLE = 100;
const LONGEST_MS = 600_000;
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    mails: { type: 'string', default: '1000' },
    hanging: { type: 'string', default: '200' },
    writers: { type: 'string', default: '4' },
    database: { type: 'string' },
    port: { type: 'string', default: '4100' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('The options stand at the top of bench/mail.mjs.');
  process.exit(0);
}
setTimeout(() => fail('The measurement took too long.'), LONGEST_MS).unref();
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const database = values.database ? await freshDatabase(values.database) : undefined;
const sink = await MailSink.listen();
const settings = { SMTP_URL: sink.url };
const server = await startServer({
  root: ROOT,
  port: Number(values.port),
  dataDir,
  databaseUrl: database?.url,
  settings,
});
try {
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ` +
      `${database ? 'MySQL or MariaDB' : 'SQLite'}, ${values.writers} writers`,
  );
  const agents = (await server.seed({ people: PEOPLE })).filter(({ isStaff, tickets }) => isStaff && tickets.length);
  await sink.isQuiet();

  const mails = Number(values.mails);
  const before = await server.usage(database);
  const calm = await write(agents, mails);
  await sink.holds(calm.sentAt);
  const after = await server.usage(database);
  const seconds = (sink.lastAt - calm.startedAt) / 1_000;
  const delays = [...calm.sentAt].map(([body, at]) => sink.at.get(body) - at);
  console.log(`${mails} mails in ${seconds.toFixed(1)} s: ${Math.round((mails / seconds) * 60)} a minute`);
  console.log(`from the request to the mail server: ${spread(delays)}`);
  const spent = (name) => ((after[name] - before[name]) / mails).toFixed(1);
  console.log(`processor per comment and its mail: server ${spent('serverMs')} ms, database ${spent('databaseMs')} ms`);
  console.log(`answers to those who wrote: ${spread(calm.times)}`);

  sink.isHanging = true;
  const troubled = await write(agents, Number(values.hanging));
  console.log(`answers while the mail server hangs: ${spread(troubled.times)}`);
  sink.release();
  const backAt = performance.now();
  await sink.holds(troubled.sentAt);
  console.log(`all of those mails were out ${((performance.now() - backAt) / 1_000).toFixed(1)} s after it was back`);
} finally {
  await server.end();
  await sink.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Comments by turns on all tickets of the agents; each has a text of its own. */
async function write(agents, count) {
  const sentAt = new Map();
  const times = [];
  const startedAt = performance.now();
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const turn = next++;
      const { token, tickets } = agents[turn % agents.length];
      const ticket = tickets[Math.floor(turn / agents.length) % tickets.length];
      const body = `measured-${randomUUID()}`;
      const before = performance.now();
      sentAt.set(body, before);
      await comment(token, ticket, body);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: Number(values.writers) }, writer));
  return { sentAt, times, startedAt };
}

async function comment(token, ticket, body) {
  const answer = await fetch(`${server.url}/api/tickets/${ticket}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ clientMsgId: randomUUID(), kind: 'comment', body }),
  });
  await answer.arrayBuffer();
  if (answer.status !== 201) throw new Error(`A comment was answered with ${answer.status}.`);
  await sleep(0);
}

function spread(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
