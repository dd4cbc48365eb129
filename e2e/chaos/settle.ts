import type { Tab } from './clients/tab';
import { openTabs, type Stage } from './stage';
import { becomes } from './waiting';

const WITHIN_MS = 15_000;
/** What an outbox tried in vain it tries again after so long at most, unless its socket comes back before. */
const LONGEST_BACK_OFF_MS = 30_000;
/** An outbox sends one after another; how long many of them take is a matter of the machine. */
const EVERYTHING_WITHIN_MS = 90_000;

export interface Settled {
  readonly afterMs: number;
  /** What was not as promised in time. */
  readonly problems: readonly string[];
}

type Heads = ReadonlyMap<string, number>;
type Pending = ReturnType<Tab['outbox']['pending']>[number];

/** Ends all trouble and lets everybody come to rest. */
export async function settle(stage: Stage): Promise<Settled> {
  const { world, recorder } = stage;
  await world.heal();
  recorder.note('all is healed');
  await reopenTickets(stage);
  const healed = recorder.now;
  const missed = await headsOf(stage);
  const queues = new Queues(stage);
  const problems: string[] = [];
  let isListTime = true;
  const isAtRest = await becomes(async () => {
    await helpRefused(stage);
    queues.look();
    if (isListTime && recorder.now - healed > WITHIN_MS) {
      isListTime = false;
      problems.push(...listsBehind(stage, missed).map((what) => `${what} after ${WITHIN_MS} ms`));
    }
    return allAgree(stage);
  }, EVERYTHING_WITHIN_MS);
  if (!isAtRest) problems.push(...listsBehind(stage, await headsOf(stage)), 'not everybody came to rest');
  recorder.note(isAtRest ? 'everybody agrees' : 'not everybody agrees');
  return { afterMs: recorder.now - healed, problems: [...problems, ...queues.problems] };
}

/** Whether no outbox holds anything and every list stands at the head of its audience. */
export async function allAgree(stage: Stage): Promise<boolean> {
  const behind = listsBehind(stage, await headsOf(stage));
  return behind.length === 0 && openTabs(stage).every(({ outbox }) => outbox.pending().length === 0);
}

/** Sees to it that the first message of every queue goes out in time, and the next as soon after that. */
class Queues {
  readonly problems: string[] = [];
  private readonly firsts = new Map<string, { clientMsgId: string; since: number; limit: number }>();

  constructor(private readonly stage: Stage) {}

  look(): void {
    for (const { name, outbox, engines } of openTabs(this.stage))
      for (const ticketId of engines.keys()) this.judge(`${name} on #${ticketId}`, outbox.pending(ticketId)[0]);
  }

  private judge(lane: string, first: Pending | undefined): void {
    const now = Date.now();
    const known = this.firsts.get(lane);
    if (!first) return void this.firsts.delete(lane);
    if (known?.clientMsgId !== first.clientMsgId)
      return void this.firsts.set(lane, { clientMsgId: first.clientMsgId, since: now, limit: WITHIN_MS });
    if (isInBackOff(first)) known.limit = WITHIN_MS + LONGEST_BACK_OFF_MS;
    if (now - known.since <= known.limit) return;
    this.problems.push(`${lane} still had ${first.clientMsgId} ${first.state} after ${known.limit} ms`);
    known.limit = Infinity; // told once
  }
}

const isInBackOff = ({ state, attempts, error }: Pending): boolean =>
  state === 'waiting' && attempts > 0 && error !== null;

const headKey = (audience: string | null, ticketId: number): string => `${audience} ${ticketId}`;

async function headsOf({ world }: Stage): Promise<Heads> {
  const rows = await world.rows('SELECT ticketNumber, staffSeq, publicSeq FROM conversations');
  return new Map(
    rows.flatMap(({ ticketNumber, staffSeq, publicSeq }) => [
      [headKey('staff', Number(ticketNumber)), Number(staffSeq)],
      [headKey('public', Number(ticketNumber)), Number(publicSeq)],
    ]),
  );
}

function listsBehind(stage: Stage, heads: Heads): string[] {
  return openTabs(stage).flatMap((tab) =>
    tab.views().flatMap(({ audience, ticketId, cursor }) => {
      const head = heads.get(headKey(audience, ticketId));
      return head !== undefined && cursor >= head
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
