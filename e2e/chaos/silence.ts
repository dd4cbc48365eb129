import { uuidv7 } from 'uuidv7';
import { setTimeout as pause } from 'node:timers/promises';
import type { Probe, Silence } from './checker/observations';
import { probe } from './record/probe';
import { openTabs, type CustomersTickets, type Stage } from './stage';
import { becomes } from './waiting';

/** Live lists are told at most once a second, counts with them; after so long without a word nothing is on its way. */
const QUIET_MS = 1_500;
const QUIET_WITHIN_MS = 15_000;
/** What is pushed to customers of its own accord, and says nothing of tickets. */
const UNRELATED = new Set(['presence', 'ticket:head']);

/** A straggler from before comes once; what notes cause comes every time. */
const TRIES = 3;

/** Has staff work on notes and tags alone, and looks whether a customer could notice. */
export const keepSilent = (stage: Stage): Promise<Silence[]> =>
  Promise.all(stage.customers.map((customers) => silenceOf(stage, customers)));

async function silenceOf(stage: Stage, customers: CustomersTickets): Promise<Silence> {
  let silence = await trySilence(stage, customers);
  for (let tries = 1; tries < TRIES && isBroken(silence); tries += 1) silence = await trySilence(stage, customers);
  return silence;
}

const isBroken = ({ before, after, pushed }: Silence): boolean =>
  pushed.length > 0 || JSON.stringify(before) !== JSON.stringify(after);

async function trySilence(stage: Stage, customers: CustomersTickets): Promise<Silence> {
  const { customer } = customers;
  const pushed: string[] = [];
  let lastPush = Date.now();
  for (const { person, witness } of openTabs(stage))
    if (person === customer)
      witness.onPush = (event, payload) => {
        if (UNRELATED.has(event)) return;
        lastPush = Date.now();
        pushed.push(`${event} ${JSON.stringify(payload)}`);
      };
  for (const ticketId of [customers.ticketId, customers.quietId]) await readAll(stage, ticketId);
  await becomes(() => Date.now() - lastPush > QUIET_MS, QUIET_WITHIN_MS);
  pushed.length = 0;
  const before = await lookAt(stage, customers);
  for (const ticketId of [customers.ticketId, customers.quietId]) await workOnNotes(stage, ticketId);
  await pause(QUIET_MS); // a push that is not to come can only be waited for
  const after = await lookAt(stage, customers);
  return { client: customer.name, before, after, pushed };
}

async function lookAt({ world }: Stage, customers: CustomersTickets): Promise<Probe> {
  let seen: Probe | undefined;
  const look = async (): Promise<boolean> => {
    seen = await probe(customers, world.anyOrigin);
    return seen !== undefined;
  };
  if ((await becomes(look, QUIET_WITHIN_MS)) && seen) return seen;
  throw new Error(`Something public goes on happening to ${customers.customer.name} while all should be quiet.`);
}

/** Who writes a note has read what came before, and customers may know that; here it is old news. */
async function readAll({ agentDesk }: Stage, ticketId: number): Promise<void> {
  await agentDesk.ask('PUT', `/tickets/${ticketId}/read`, { seq: 1_000_000 });
}

async function workOnNotes({ agentDesk, agent, recorder }: Stage, ticketId: number): Promise<void> {
  const write = async (body: string): Promise<string> => {
    const clientMsgId = uuidv7();
    const message = { clientMsgId, kind: 'note', body } as const;
    const { message: stored } = await agentDesk.ask('POST', `/tickets/${ticketId}/messages`, message);
    recorder.handed.push({
      ...{ at: recorder.now, client: 'the desk', authorId: agent.id, ticketId, by: 'direct' },
      ...message,
    });
    return stored.id;
  };
  const first = await write(`a silent note on #${ticketId}`);
  const second = await write(`another silent note on #${ticketId}`);
  await agentDesk.ask('PATCH', `/tickets/${ticketId}/messages/${first}`, {
    body: `a silent note on #${ticketId}, edited`,
  });
  await agentDesk.ask('DELETE', `/tickets/${ticketId}/messages/${second}`);
  await agentDesk.ask('PATCH', `/tickets/${ticketId}`, { tags: [`silent-${uuidv7()}`.slice(0, 40)] });
}
