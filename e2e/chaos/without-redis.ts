import { allAgree } from './settle';
import { openTabs, type Stage } from './stage';
import { becomes } from './waiting';

const AGREE_WITHIN_MS = 15_000;
const FAST_AGAIN_WITHIN_MS = 15_000;
const FAST_MS = 2_000;

/** Nodes that cannot reach each other still agree, slower; and are fast again soon after Redis is back. */
export async function agreeWithoutRedis(stage: Stage): Promise<string[]> {
  const { redis } = stage.world;
  if (!redis) return [];
  for (const { link } of stage.devices) link.interrupt(); // back to the node that each belongs to
  await becomes(() => openTabs(stage).every(({ live }) => live.connected), AGREE_WITHIN_MS);
  await redis.stop('SIGTERM');
  const agreed = await sayAndAgree(stage, AGREE_WITHIN_MS);
  stage.recorder.note(`without Redis everybody agreed: ${agreed}`);
  await redis.start();
  const fast = await becomes(() => sayAndAgree(stage, FAST_MS), FAST_AGAIN_WITHIN_MS);
  stage.recorder.note(`with Redis back everybody agreed at once: ${fast}`);
  return [
    ...(agreed ? [] : [`without Redis not everybody agreed within ${AGREE_WITHIN_MS} ms`]),
    ...(fast ? [] : [`${FAST_AGAIN_WITHIN_MS} ms after Redis was back pushes still took longer than ${FAST_MS} ms`]),
  ];
}

function sayAndAgree(stage: Stage, withinMs: number): Promise<boolean> {
  for (const tab of openTabs(stage))
    for (const ticketId of tab.engines.keys())
      tab.send(ticketId, 'comment', `over to the other node, says ${tab.name}`);
  return becomes(() => allAgree(stage), withinMs);
}
