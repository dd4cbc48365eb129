import { setTimeout as pause } from 'node:timers/promises';
import { groupBy } from '../checker/record';
import type { Stage } from '../stage';
import { faultOf } from './faults';
import type { Step } from './plan';

/** Lets everything go wrong as planned. Resolves when the last fault has ended. */
export async function storm(stage: Stage, steps: readonly Step[]): Promise<void> {
  const began = stage.recorder.now;
  const lanes = [...groupBy(steps, ({ fault }) => faultOf(fault).lane).values()];
  await Promise.all(lanes.map((lane) => strikeInTurn(stage, lane, began)));
}

/** One that takes longer than planned, as a start may, delays those behind it. */
async function strikeInTurn(stage: Stage, steps: readonly Step[], began: number): Promise<void> {
  for (const { at, lasts, fault, target } of steps) {
    await pause(Math.max(0, began + at - stage.recorder.now));
    stage.recorder.note(`${fault} (${target}) for ${(lasts / 1_000).toFixed(1)} s`);
    const end = await faultOf(fault).begin(stage, target);
    await pause(lasts);
    await end();
    stage.recorder.note(`${fault} (${target}): over`);
  }
}
