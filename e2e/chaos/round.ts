import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checker/check';
import type { Finding, Observations } from './checker/observations';
import { Random } from './random';
import { probe } from './record/probe';
import type { Recorder } from './record/recorder';
import { readTruth } from './record/truth';
import { plan } from './schedule/plan';
import { storm } from './schedule/storm';
import { Work } from './schedule/work';
import { allAgree, settle } from './settle';
import { keepSilent } from './silence';
import { openTabs, setStage, type Stage } from './stage';
import { mustBecome } from './waiting';
import { agreeWithoutRedis, untilCaughtUp } from './without-redis';
import { World, type Engine } from './world/world';

export interface RoundOptions {
  readonly seed: number;
  readonly engine: Engine;
  readonly short: boolean;
  /** Where logs and data of this round go. */
  readonly folder: string;
}

export interface RoundResult {
  readonly findings: readonly Finding[];
  readonly timeline: readonly string[];
  readonly logs: readonly string[];
  readonly messages: number;
  readonly faults: number;
  readonly settledMs: number;
}

const LOAD_MS = { short: { mysql: 20_000, sqlite: 13_000 }, full: { mysql: 75_000, sqlite: 45_000 } };
const PROBE_EVERY_MS = 700;

/** One world, one storm, one judgement. */
export async function playRound(options: RoundOptions, recorder: Recorder): Promise<RoundResult> {
  const world = await World.open(options.engine, options.folder);
  try {
    recorder.note('the nodes are ready');
    const stage = await setStage(world, new Random(options.seed), recorder);
    return await play(stage, options);
  } finally {
    await world.close();
  }
}

async function play(stage: Stage, { engine, short, folder }: RoundOptions): Promise<RoundResult> {
  const { recorder, world } = stage;
  await mustBecome('That everybody sees the tickets', () => allAgree(stage), 20_000);
  const loadMs = LOAD_MS[short ? 'short' : 'full'][engine];
  const steps = plan(stage.random.fork(), { engine, short, loadMs });
  const work = new Work(stage);
  const stopProbing = keepProbing(stage);
  recorder.note('the storm begins');
  work.start();
  await storm(stage, steps, short ? Infinity : loadMs);
  work.stop();
  const settled = await settle(stage);
  await Promise.all([work.ended(), stopProbing()]);
  const apart = short ? [] : await agreeWithoutRedis(stage);
  await untilCaughtUp(stage);
  recorder.silences.push(...(await keepSilent(stage, 'in the end')));
  await mustBecome('That everybody agrees in the end', () => allAgree(stage), 15_000).catch(() => undefined);
  const observed = await observe(stage);
  writeFileSync(join(folder, 'observations.json'), JSON.stringify(observed));
  const deaths = world.nodes.flatMap((node) => node.deaths);
  for (const tab of openTabs(stage)) tab.crash();
  return {
    findings: [
      ...check(observed),
      ...settled.problems.map((what) => ({ rule: 'everybody agrees soon after the storm', what })),
      ...apart.map((what) => ({ rule: 'everybody agrees without Redis, and soon after', what })),
      ...deaths.map((what) => ({ rule: 'no process ends by itself', what })),
      ...work.escapes.map((what) => ({ rule: 'the client meets refusals only', what })),
    ],
    timeline: recorder.timeline,
    logs: world.nodes.map(({ log }) => log),
    messages: observed.conversations.reduce((sum, { stored }) => sum + stored.messages.length, 0),
    faults: steps.length,
    settledMs: settled.afterMs,
  };
}

async function observe(stage: Stage): Promise<Observations> {
  const { recorder } = stage;
  const { handed, acknowledged, refused, changed, heard, heads, overheard, probes, silences, crashes } = recorder;
  const views = openTabs(stage).flatMap((tab) => tab.views());
  const conversations = await readTruth(stage);
  const told = { handed, acknowledged, refused, changed, heard, heads, overheard, probes, silences, crashes };
  return { startedAt: recorder.startedAt, conversations, views, ...told };
}

/** Customers look at their numbers all the time. A look that bad weather spoils is left out. */
function keepProbing(stage: Stage): () => Promise<void> {
  let stopped = false;
  const look = async (): Promise<void> => {
    for (const customers of stage.customers) {
      const seen = await probe(customers, stage.world.anyOrigin).catch(() => undefined);
      if (seen) stage.recorder.probes.push(seen);
    }
  };
  const looking = (async () => {
    while (!stopped) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
    }
  })();
  return () => {
    stopped = true;
    return looking;
  };
}
