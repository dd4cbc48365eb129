/**
 * How long it takes until everybody has heard of one event that concerns many, and what that does to those who write.
 *
 *   npm run bench -- notices [options]
 *
 *   --agents 200        connected agents, all of whom want to hear of new tickets
 *   --events 20         tickets opened, one every two seconds, and then as many messages in a ticket that all follow
 *   --rate 20           messages that a customer sends meanwhile, per second
 *   --engine sqlite     or mysql
 *   --database          the server for --engine mysql; a database is created on it and dropped again
 *   --port 4100         of the server
 *
 * Agents and customer are in the process of the measurement, the server in one of its own, all on this machine.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Connection } from './delivery/connection.mjs';
import { freshDatabase } from './delivery/database.mjs';
import { percentiles } from './delivery/report.mjs';
import { startServer } from './delivery/servers.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const BETWEEN_EVENTS_MS = 2_000;
const LONGEST_MS = 15_000;
const BODY = 'Thank you, that was quick. I have tried it again and now it works as it should.';
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    agents: { type: 'string', default: '200' },
    events: { type: 'string', default: '20' },
    rate: { type: 'string', default: '20' },
    engine: { type: 'string', default: 'sqlite' },
    database: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    port: { type: 'string', default: '4100' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('The options stand at the top of bench/notices.mjs.');
  process.exit(0);
}
const [agentCount, eventCount, rate] = [values.agents, values.events, values.rate].map(Number);
if (!existsSync(join(ROOT, 'dist/backend/main.js'))) execFileSync('npx', ['nest', 'build'], { cwd: ROOT });

/** How often each thing that happened was heard, by what its notice names, and when for the last time. */
const heard = new Map();
const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const database = values.engine === 'mysql' ? await freshDatabase(values.database) : undefined;
const server = await startServer({
  root: ROOT,
  port: Number(values.port),
  dataDir,
  databaseUrl: database?.url,
  isProbed: false,
});
const load = loadavg()[0].toFixed(1);
console.log(
  `Node ${process.version}, ${availableParallelism()} cores, load ${load} before; ${values.engine}; ` +
    `${agentCount} agents, ${rate} messages/s meanwhile`,
);
try {
  await measure();
} finally {
  await server.end();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const people = await server.seed({ people: agentCount + 1, room: agentCount + 1 });
  const [agents, [customer]] = [people.filter(({ isStaff }) => isStaff), people.filter(({ isStaff }) => !isStaff)];
  const connections = agents.map(({ token }) => new Connection(server.url, token, hear));
  const writer = new Connection(server.url, customer.token, () => undefined);
  const wish = { preferences: { notifications: { events: { created: { page: true } } } } };
  for (const { token } of agents) await call(token, 'PATCH', '/me', wish);
  for (const connection of [...connections, writer]) await connection.open();

  // A server that has just started has compiled little yet.
  await whileWriting(writer, customer.tickets[0], () => sleep(10_000));
  const quiet = await whileWriting(writer, customer.tickets[0], () => sleep(10_000));
  print('sends before', quiet);
  const created = await whileWriting(writer, customer.tickets[0], () =>
    events(async () => {
      const ticket = { subject: 'Measured', description: BODY };
      return `ticket ${(await call(customer.token, 'POST', '/tickets', ticket)).id}`;
    }),
  );
  printEvents('ticket.created', created.result);
  print('sends meanwhile', created);

  const { id } = await call(customer.token, 'POST', '/tickets', { subject: 'Followed', description: BODY });
  for (const { token } of agents) await call(token, 'PUT', `/tickets/${id}/followers/me`);
  const said = await whileWriting(writer, customer.tickets[0], () =>
    events(async () => {
      const body = `Measured ${randomUUID()}`;
      await call(customer.token, 'POST', `/tickets/${id}/messages`, { clientMsgId: randomUUID(), kind: 'chat', body });
      return body;
    }),
  );
  printEvents('a message that all follow', said.result);
  print('sends meanwhile', said);
  for (const connection of [...connections, writer]) connection.close();
}

function hear(event, packet) {
  if (event !== 'notification') return;
  const [, notice] = JSON.parse(packet.slice(2));
  const name = notice.type === 'ticket.created' ? `ticket ${notice.ticketId}` : notice.text;
  heard.set(name, { count: (heard.get(name)?.count ?? 0) + 1, at: performance.now() });
}

/** Makes one event after the other; for each how long it was until the last one heard of it. */
async function events(make) {
  const delays = [];
  for (let count = 0; count < eventCount; count += 1) {
    const at = performance.now();
    const name = await make();
    const answered = performance.now();
    while ((heard.get(name)?.count ?? 0) < agentCount && performance.now() - at < LONGEST_MS) await sleep(5);
    const { count: reached = 0, at: last = NaN } = heard.get(name) ?? {};
    delays.push({ reached, toLast: last - at, toAnswer: answered - at });
    await sleep(Math.max(0, at + BETWEEN_EVENTS_MS - performance.now()));
  }
  return delays;
}

/** Sends at a steady rate for as long as the work takes. */
async function whileWriting(writer, ticketId, work) {
  const acknowledged = [];
  let refused = 0;
  let isOver = false;
  const say = async () => {
    const at = performance.now();
    const message = { ticketId, clientMsgId: randomUUID(), kind: 'chat', body: BODY };
    const answer = await writer.ask('message:send', message);
    if (answer.startsWith('[{"ok":true')) acknowledged.push(performance.now() - at);
    else refused += 1;
  };
  const writing = (async () => {
    const started = performance.now();
    for (let count = 0; !isOver; count += 1) {
      void say();
      await sleep(Math.max(0, started + ((count + 1) * 1_000) / rate - performance.now()));
    }
  })();
  const result = await work();
  isOver = true;
  await writing;
  await sleep(500);
  return { result, acknowledged, refused };
}

function print(name, { acknowledged, refused }) {
  const { p50, p99, max } = percentiles(acknowledged);
  console.log(
    `  ${name}: ${acknowledged.length} acknowledged, ${refused} refused; ` +
      `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${max.toFixed(0)} ms`,
  );
}

function printEvents(name, delays) {
  const { p50, max } = percentiles(delays.map(({ toLast }) => toLast));
  const answers = percentiles(delays.map(({ toAnswer }) => toAnswer));
  const missed = delays.filter(({ reached }) => reached !== agentCount).length;
  console.log(
    `${name}: ${delays.length} times, ${missed} not heard exactly ${agentCount} times; ` +
      `answered after ${answers.p50.toFixed(0)} ms; the last agent heard after ${p50.toFixed(0)} ms, most ${max.toFixed(0)} ms`,
  );
}

async function call(token, method, path, body) {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}
