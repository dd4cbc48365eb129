import { openTabs, type Stage } from './stage';
import { becomes } from './waiting';

/** Everybody agrees within 15 s; an outbox may be in its longest back-off when the way is open again. */
const SETTLES_WITHIN_MS = 30_000;

/** Ends all trouble and lets everybody come to rest. Answers how long that took. */
export async function settle(stage: Stage): Promise<number> {
  const { world, recorder } = stage;
  await world.heal();
  recorder.note('all is healed');
  await reopenTickets(stage);
  const healed = recorder.now;
  const isAtRest = await becomes(async () => {
    await helpRefused(stage);
    return allAgree(stage);
  }, SETTLES_WITHIN_MS);
  recorder.note(isAtRest ? 'everybody agrees' : 'not everybody agrees');
  return recorder.now - healed;
}

/** Whether no outbox holds anything and every list stands at the head of its audience. */
export async function allAgree(stage: Stage): Promise<boolean> {
  const rows = await stage.world.rows('SELECT ticketNumber, staffSeq, publicSeq FROM conversations');
  const heads = new Map(rows.map((row) => [Number(row['ticketNumber']), row]));
  return openTabs(stage).every(
    (tab) =>
      tab.outbox.pending().length === 0 &&
      tab.views().every(({ audience, ticketId, cursor }) => {
        const head = heads.get(ticketId)?.[audience === 'staff' ? 'staffSeq' : 'publicSeq'];
        return audience !== null && cursor === Number(head);
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
