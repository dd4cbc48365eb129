import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RoundOptions } from './round';
import type { Engine } from './world/world';

const USAGE = 'npm run test:chaos -- [--rounds N] [--seed S] [--engine sqlite|mysql] [--short]';
/** Without `--engine` every so many rounds one is on SQLite; a short run has one on each. */
const SQLITE_EVERY = { full: 4, short: 2 };
const ENGINES: readonly (string | undefined)[] = ['mysql', 'sqlite', undefined];

export interface Options {
  readonly rounds: number;
  readonly seed: number;
  readonly engine: Engine | undefined;
  readonly short: boolean;
  /** A file that gets the counts, for `npm test`. */
  readonly report: string | undefined;
}

/** Reads the command line. What it does not know ends it with a sentence. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      engine: { type: 'string' },
      short: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  const { short, report, engine } = values;
  const seed = Number(values.seed);
  const rounds = Number(values.rounds ?? (short && !engine ? SQLITE_EVERY.short : 1));
  if (!Number.isInteger(seed) || !Number.isInteger(rounds) || rounds < 1 || !ENGINES.includes(engine))
    throw new Error(`Usage: ${USAGE}`);
  return { rounds, seed, engine: engine as Engine | undefined, short, report };
}

/** Each round has a seed of its own, counted up from the first. */
export function roundsOf({ rounds, seed, engine, short }: Options, folder: string): RoundOptions[] {
  const every = SQLITE_EVERY[short ? 'short' : 'full'];
  return Array.from({ length: rounds }, (_round, index) => {
    const own = engine ?? (index % every === every - 1 ? 'sqlite' : 'mysql');
    return { seed: seed + index, engine: own, short, folder: join(folder, `${seed + index}-${own}`) };
  });
}
