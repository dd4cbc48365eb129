import { setTimeout as pause } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { Probe, Silence } from './checker/observations';
import { probe } from './record/probe';
import { openTabs, type CustomersTickets, type Stage } from './stage';
import { becomes, mustBecome } from './waiting';

/** Live lists are told at most once a second, counts with them; after so long without a word nothing is on its way. */
const QUIET_MS = 1_500;
const QUIET_WITHIN_MS = 15_000;
/** Says who is there, and follows no ticket. */
const UNRELATED = 'presence';

type Push = (event: string, payload: unknown) => void;

/** Has staff work on notes and tags alone, on all nodes, and listens for so long whether a customer could notice. */
export const keepSilent = (stage: Stage, when: string, listenMs = QUIET_MS): Promise<Silence[]> =>
  Promise.all(stage.customers.map((customers) => silenceOf(stage, customers, when, listenMs)));

/** Listens for whatever lists are told of the tickets in which nothing is said, until the answer is called. */
export function watchQuietTickets(stage: Stage): () => string[] {
  const told: string[] = [];
  const quiet = new Set(stage.customers.map(({ quietId }) => quietId));
  const stops = stage.customers.map(({ customer }) =>
    listen(stage, customer.id, (event, payload) => {
      const { ticketId } = payload as { ticketId?: number };
      if (event !== 'ticket:head' && ticketId !== undefined && quiet.has(ticketId))
        told.push(`${customer.name} got ${event} ${JSON.stringify(payload)}`);
    }),
  );
  return () => {
    for (const stop of stops) stop();
    return told;
  };
}

async function silenceOf(stage: Stage, customers: CustomersTickets, when: string, listenMs: number): Promise<Silence> {
  const { customer, ticketId, quietId } = customers;
  const pushed: string[] = [];
  let lastPush = Date.now();
  let heads = new Map<number, number>();
  const stop = listen(stage, customer.id, (event, payload) => {
    if (event === UNRELATED || (event === 'ticket:head' && isKnown(heads, payload))) return;
    lastPush = Date.now();
    pushed.push(`${event} ${JSON.stringify(payload)}`);
  });
  const before = await lookAt(stage, customers);
  const [head, quietHead] = before.allHeads.split(',').map(Number);
  heads = new Map([
    [ticketId, head ?? 0],
    [quietId, quietHead ?? 0],
  ]);
  await becomes(() => Date.now() - lastPush > QUIET_MS, QUIET_WITHIN_MS);
  pushed.length = 0;
  await workOnNotes(stage, ticketId);
  await workOnNotes(stage, quietId);
  await takeNotesInTabs(stage, ticketId);
  await pause(listenMs); // a push that is not to come can only be waited for
  const after = await lookAt(stage, customers);
  stop();
  return { client: customer.name, when, before, after, pushed };
}

function listen(stage: Stage, personId: string, heard: Push): () => void {
  const stops = openTabs(stage)
    .filter(({ person }) => person.id === personId)
    .map(({ witness }) => witness.onPush(heard));
  return () => stops.forEach((stop) => stop());
}

function isKnown(heads: ReadonlyMap<number, number>, payload: unknown): boolean {
  const { ticketId, seq } = payload as { ticketId: number; seq: number };
  return heads.get(ticketId) === seq;
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

async function workOnNotes({ agentDesk, agent, recorder }: Stage, ticketId: number): Promise<void> {
  const write = async (body: string): Promise<string> => {
    const clientMsgId = uuidv7();
    const message = { clientMsgId, kind: 'note', body } as const;
    const { message: stored } = await agentDesk.ask('POST', `/tickets/${ticketId}/messages`, message);
    recorder.handed.push({
      ...{ at: recorder.now, client: 'the desk', authorId: agent.id, ticketId, files: 0, by: 'direct' },
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

/** From every device of staff, on whatever node it is: announced by typing, and sent over its socket. */
async function takeNotesInTabs(stage: Stage, ticketId: number): Promise<void> {
  const staff = openTabs(stage).filter(({ isStaff }) => isStaff);
  for (const tab of staff) {
    tab.engine(ticketId).announceTyping(true, 'note');
    tab.send(ticketId, 'note', `a note by ${tab.name} on #${ticketId} that nobody hears`);
  }
  const areSent = (): boolean => staff.every(({ outbox }) => outbox.pending(ticketId).length === 0);
  await mustBecome('That all notes are stored', areSent, QUIET_WITHIN_MS);
  for (const tab of staff) tab.engine(ticketId).announceTyping(false, 'note');
}
