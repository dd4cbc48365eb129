import type { Random } from '../random';
import type { Engine } from '../world/world';
import { faultNames, faultOf, type FaultName, type Lane } from './faults';

/** When what goes wrong, for how long, and to whom: `target` picks one of the nodes or devices. */
export interface Step {
  readonly at: number;
  readonly lasts: number;
  readonly fault: FaultName;
  readonly target: number;
}

export interface PlanOptions {
  readonly engine: Engine;
  readonly loadMs: number;
  /** Each fault once, shortened, in place of as many as there is time for. */
  readonly short: boolean;
}

const LANES: readonly Lane[] = ['nodes', 'stores', 'clients'];
const CALM_MS: readonly [number, number] = [500, 4_000];
const TARGETS = 10_000;

/** What goes wrong in a round. The same seed makes the same plan. */
export function plan(random: Random, options: PlanOptions): Step[] {
  const lanes = LANES.map((lane) => faultsIn(lane, options)).filter((faults) => faults.length > 0);
  const steps = lanes.flatMap((faults) =>
    options.short
      ? eachOnce(random.fork(), faults, options.loadMs)
      : whileItLasts(random.fork(), faults, options.loadMs),
  );
  return steps.sort((one, other) => one.at - other.at);
}

const faultsIn = (lane: Lane, { engine }: PlanOptions): FaultName[] =>
  faultNames.filter((name) => faultOf(name).lane === lane && (engine === 'mysql' || faultOf(name).onSqlite));

/** The time that is left between the faults is shared out evenly. */
function eachOnce(random: Random, faults: readonly FaultName[], loadMs: number): Step[] {
  const busyMs = faults.reduce((sum, name) => sum + faultOf(name).shortMs, 0);
  const calmMs = Math.max(0, (loadMs - busyMs) / (faults.length + 1));
  let at = 0;
  const shuffled = random.shuffled(faults);
  const isFirst = (name: FaultName): boolean => faultOf(name).lingers === true;
  const inTurn = [...shuffled.filter(isFirst), ...shuffled.filter((name) => !isFirst(name))];
  return inTurn.map((fault) => {
    at += calmMs;
    const step = { at, lasts: faultOf(fault).shortMs, fault, target: random.between(0, TARGETS) };
    at += step.lasts;
    return step;
  });
}

function whileItLasts(random: Random, faults: readonly FaultName[], loadMs: number): Step[] {
  const steps: Step[] = [];
  for (let at = random.between(...CALM_MS); at < loadMs; at += random.between(...CALM_MS)) {
    const fault = random.pick(faults);
    const lasts = Math.min(random.between(...faultOf(fault).lasts), loadMs - at);
    steps.push({ at, lasts, fault, target: random.between(0, TARGETS) });
    at += lasts;
  }
  return steps;
}
