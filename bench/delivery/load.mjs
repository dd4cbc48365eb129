/** The people of a measurement: connects them, lets them talk, and says what they noticed. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.mjs';
import { percentiles } from './report.mjs';

const AT_ONCE = 100;
const BODY = 'Thank you, that was quick. I have tried it again and now it works as it should.';
const ENDS_AFTER_MS = 15_000;

let people = [];
/** When each message that is under way was sent, and by whom. */
const underWay = new Map();
let phase = newPhase();

function newPhase() {
  return { acknowledged: [], seen: [], refused: 0, other: 0, expected: 0 };
}

function hearing(person) {
  return (event, packet) => {
    if (event !== 'ticket:event') {
      phase.other += 1;
      return;
    }
    const at = packet.indexOf('"clientMsgId":"') + 15;
    const sent = underWay.get(packet.slice(at, at + 36));
    if (!sent || sent.sender === person) return;
    phase.seen.push(performance.now() - sent.at);
  };
}

async function connect({ url, people: given }) {
  people = given.map((one) => {
    const person = { ...one, head: new Map() };
    person.connection = new Connection(url, one.token, hearing(person));
    return person;
  });
  const started = performance.now();
  await inTurns(people, ({ connection }) => connection.open());
  const connected = performance.now();
  await inTurns(people, follow);
  const subscriptions = people.reduce((sum, { tickets }) => sum + tickets.length, 0);
  const perSecond = (count, from, to) => count / ((to - from) / 1_000);
  return {
    connectionsPerSecond: perSecond(people.length, started, connected),
    subscriptionsPerSecond: perSecond(subscriptions, connected, performance.now()),
  };
}

async function enter(person) {
  await person.connection.open();
  await follow(person);
}

async function follow(person) {
  for (const ticketId of person.tickets) {
    const after = person.head.get(ticketId) ?? 0;
    const answer = await person.connection.ask('ticket:subscribe', { ticketId, after });
    person.head.set(ticketId, Number(/"head":(\d+)/.exec(answer)[1]));
  }
}

async function inTurns(items, work, atOnce = AT_ONCE) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Sends at a steady rate, whatever the answers; waits until everything has been seen, but not for ever. */
async function send({ rate, seconds }) {
  phase = newPhase();
  const talkers = people.filter(({ tickets }) => tickets.length);
  const listeners = new Map();
  for (const { tickets } of talkers) for (const id of tickets) listeners.set(id, (listeners.get(id) ?? -1) + 1);
  const started = performance.now();
  const total = rate * seconds;
  for (let count = 0; count < total; count += 1) {
    const due = started + (count * 1_000) / rate;
    while (performance.now() < due) await sleep(Math.max(0, due - performance.now()));
    say(talkers[Math.floor(Math.random() * talkers.length)], listeners);
  }
  const took = performance.now() - started;
  const deadline = performance.now() + ENDS_AFTER_MS;
  while (phase.seen.length < phase.expected && performance.now() < deadline) await sleep(20);
  underWay.clear();
  return {
    sent: total,
    seconds: took / 1_000,
    refused: phase.refused,
    acknowledgedCount: phase.acknowledged.length,
    acknowledged: percentiles(phase.acknowledged),
    seen: percentiles(phase.seen),
    received: { seen: phase.seen.length, other: phase.other },
  };
}

function say(sender, listeners) {
  const ticketId = sender.tickets[Math.floor(Math.random() * sender.tickets.length)];
  const clientMsgId = randomUUID();
  const at = performance.now();
  underWay.set(clientMsgId, { at, sender });
  phase.expected += listeners.get(ticketId);
  const { acknowledged } = phase;
  void sender.connection.ask('message:send', { ticketId, clientMsgId, kind: 'chat', body: BODY }).then((answer) => {
    if (answer.startsWith('[{"ok":true')) acknowledged.push(performance.now() - at);
    else {
      phase.refused += 1;
      phase.expected -= listeners.get(ticketId);
    }
  });
}

/** Everybody loses the connection at once and comes back at once; caught up means that all subscriptions answered. */
async function storm() {
  for (const { connection } of people) connection.close();
  await sleep(1_000);
  const started = performance.now();
  await inTurns(people, enter, people.length);
  return { ms: performance.now() - started };
}

const ANSWERS = { connect, send, storm };
process.on('message', async ({ name, payload }) => process.send({ name, payload: await ANSWERS[name](payload) }));
