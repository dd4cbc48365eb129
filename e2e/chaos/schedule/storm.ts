import { setTimeout as pause } from 'node:timers/promises';
import { groupBy } from '../checker/record';
import type { Stage } from '../stage';
import { faultOf } from './faults';
import type { Step } from './plan';

/**
 * Lets everything go wrong as planned. Resolves when the last fault has ended. One that takes longer than planned, as a
 * start may, delays those behind it; what would begin more than `forMs` after the first is left out.
 */
export async function storm(stage: Stage, steps: readonly Step[], forMs: number): Promise<void> {
  const began = stage.recorder.now;
  const lanes = [...groupBy(steps, ({ fault }) => faultOf(fault).lane).values()];
  await Promise.all(lanes.map((lane) => strikeInTurn(stage, lane, began, forMs)));
}

async function strikeInTurn(stage: Stage, steps: readonly Step[], began: number, forMs: number): Promise<void> {
  for (const { at, lasts, fault, target } of steps) {
    if (stage.recorder.now - began > forMs) return;
    await pause(Math.max(0, began + at - stage.recorder.now));
    stage.recorder.note(`${fault} (${target}) for ${(lasts / 1_000).toFixed(1)} s`);
    const end = await faultOf(fault).begin(stage, target);
    await pause(lasts);
    await end();
    stage.recorder.note(`${fault} (${target}): over`);
  }
}
