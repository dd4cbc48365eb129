import type { Tab } from './clients/tab';
import { openTabs, type Stage } from './stage';
import { becomes } from './waiting';

const AGREES_WITHIN_MS = 15_000;
/** An outbox sends one after another, each when the one before is answered; so long each may take on a busy machine. */
const PER_MESSAGE_MS = 250;
/** What an outbox tried in vain it tries again after so long at most, unless its socket comes back before. */
const LONGEST_BACK_OFF_MS = 30_000;

export interface Settled {
  readonly afterMs: number;
  /** What was not as promised in time. */
  readonly problems: readonly string[];
}

/** Ends all trouble and lets everybody come to rest. */
export async function settle(stage: Stage): Promise<Settled> {
  const { world, recorder } = stage;
  await world.heal();
  recorder.note('all is healed');
  await reopenTickets(stage);
  const healed = recorder.now;
  const isAtRest = async (): Promise<boolean> => {
    await helpRefused(stage);
    return allAgree(stage);
  };
  const withinMs = AGREES_WITHIN_MS + PER_MESSAGE_MS * longestQueue(stage);
  const isInTime = await becomes(isAtRest, withinMs);
  const problems = isInTime ? [] : await problemsOf(stage, withinMs);
  if (!isInTime) await becomes(isAtRest, LONGEST_BACK_OFF_MS);
  recorder.note(isInTime ? 'everybody agrees' : 'not everybody agreed in time');
  return { afterMs: recorder.now - healed, problems };
}

/** Whether no outbox holds anything and every list stands at the head of its audience. */
export async function allAgree(stage: Stage): Promise<boolean> {
  const behind = await listsBehind(stage);
  return behind.length === 0 && openTabs(stage).every(({ outbox }) => outbox.pending().length === 0);
}

const longestQueue = (stage: Stage): number =>
  Math.max(
    ...openTabs(stage).flatMap(({ outbox, engines }) =>
      [...engines.keys()].map((ticketId) => outbox.pending(ticketId).length),
    ),
  );

/** A message in its back-off is not late yet; a list that is behind is. */
async function problemsOf(stage: Stage, withinMs: number): Promise<string[]> {
  const late = openTabs(stage).flatMap(({ name, outbox }) =>
    outbox
      .pending()
      .filter((message) => !isInBackOff(message))
      .map(({ clientMsgId, state }) => `${name} still had ${clientMsgId} ${state}`),
  );
  return [...(await listsBehind(stage)), ...late].map((what) => `${what} after ${withinMs} ms`);
}

const isInBackOff = ({ state, attempts, error }: ReturnType<Tab['outbox']['pending']>[number]): boolean =>
  state === 'waiting' && attempts > 0 && error !== null;

async function listsBehind(stage: Stage): Promise<string[]> {
  const rows = await stage.world.rows('SELECT ticketNumber, staffSeq, publicSeq FROM conversations');
  const heads = new Map(rows.map((row) => [Number(row['ticketNumber']), row]));
  return openTabs(stage).flatMap((tab) =>
    tab.views().flatMap(({ audience, ticketId, cursor }) => {
      const head = Number(heads.get(ticketId)?.[audience === 'staff' ? 'staffSeq' : 'publicSeq']);
      return audience !== null && cursor === head
        ? []
        : [`${tab.name} stood at ${cursor} of #${ticketId}, not ${head}`];
    }),
  );
}

async function reopenTickets({ agentDesk, customers }: Stage): Promise<void> {
  for (const { ticketId } of customers) {
    const { status } = await agentDesk.ask('GET', `/tickets/${ticketId}`);
    if (status === 'closed') await agentDesk.ask('PUT', `/tickets/${ticketId}/status`, { status: 'open' });
  }
}

/** What was refused because its ticket was closed goes out after all: the ticket is opened again, and Retry is pressed. */
async function helpRefused(stage: Stage): Promise<void> {
  const refused = openTabs(stage).filter(({ outbox }) => outbox.pending().some(({ state }) => state === 'failed'));
  if (refused.length === 0) return;
  await reopenTickets(stage);
  for (const tab of refused) tab.retryFailed();
}
