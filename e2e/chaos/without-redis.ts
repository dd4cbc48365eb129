import { setTimeout as pause } from 'node:timers/promises';
import { allAgree } from './settle';
import { keepSilent, watchQuietTickets } from './silence';
import { openTabs, type Stage } from './stage';
import { becomes } from './waiting';

const AGREE_WITHIN_MS = 15_000;
const FAST_AGAIN_WITHIN_MS = 15_000;
const FAST_MS = 2_000;
/** While Redis is away each node looks this often for what it cannot have heard, … */
const CATCH_UP_EVERY_MS = 10_000;
/** … and twice more after it has noticed that Redis is back, which takes some seconds. */
const CAUGHT_UP_AFTER_MS = 2 * CATCH_UP_EVERY_MS + 5_000;

/**
 * Nodes that cannot reach each other still agree, slower; and are fast again soon after Redis is back. Neither while it
 * is away nor when it returns does a customer notice notes.
 */
export async function agreeWithoutRedis(stage: Stage): Promise<string[]> {
  const { redis } = stage.world;
  if (!redis) return [];
  for (const { link } of stage.devices) link.interrupt(); // back to the node that each belongs to
  await becomes(() => openTabs(stage).every(({ live }) => live.connected), AGREE_WITHIN_MS);
  await redis.stop('SIGTERM');
  const stoppedAt = Date.now();
  const agreed = await sayAndAgree(stage, AGREE_WITHIN_MS);
  stage.recorder.note(`without Redis everybody agreed: ${agreed}`);
  await pause(Math.max(0, stoppedAt + CAUGHT_UP_AFTER_MS - Date.now())); // what is old is told once more, then not again
  const quiet = watchQuietTickets(stage);
  stage.recorder.silences.push(...(await keepSilent(stage, 'without Redis', CATCH_UP_EVERY_MS + 1_000)));
  await redis.start();
  const fast = await becomes(() => sayAndAgree(stage, FAST_MS), FAST_AGAIN_WITHIN_MS);
  stage.recorder.note(`with Redis back everybody agreed at once: ${fast}`);
  await untilCaughtUp(stage);
  return [
    ...(agreed ? [] : [`without Redis not everybody agreed within ${AGREE_WITHIN_MS} ms`]),
    ...(fast ? [] : [`${FAST_AGAIN_WITHIN_MS} ms after Redis was back pushes still took longer than ${FAST_MS} ms`]),
    ...quiet().map((told) => `while Redis was away and came back, ${told}`),
  ];
}

/** Resolves when all nodes have told everybody what got lost while Redis was away. */
export async function untilCaughtUp({ world: { redis } }: Stage): Promise<void> {
  if (redis) await pause(Math.max(0, redis.backSince + CAUGHT_UP_AFTER_MS - Date.now()));
}

function sayAndAgree(stage: Stage, withinMs: number): Promise<boolean> {
  for (const tab of openTabs(stage))
    for (const ticketId of tab.engines.keys())
      tab.send(ticketId, 'comment', `over to the other node, says ${tab.name}`);
  return becomes(() => allAgree(stage), withinMs);
}
