import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inScratchFolder } from '../lib/api-files.mjs';
import { exitWith, Failure } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { show } from '../lib/process.mjs';
import { seconds } from '../lib/progress.mjs';
import { SUITES } from '../lib/suites.mjs';
import { forbidSkips, inWords, judge, result, secondTry, sum } from '../lib/test-results.mjs';

const SUITE_LIMIT_MS = 35 * 60_000;
/** More failures than these are no disturbance. */
const MOST_RUN_AGAIN = 10;
const inCi = process.env.CI === 'true';

/**
 * `npm test`: every suite, one after another; the last line is the sum.
 * `npm test -- --only unit,client -- -t claim` selects suites and hands the rest to their runner.
 *
 * @param {string[]} args
 */
export const run = (args) =>
  exitWith(async () => {
    const { suites, extra } = selection(args);
    const broken = await problemOf(() => prepare([]));
    if (broken) {
      console.error([broken.output.trimEnd(), broken.message].filter(Boolean).join('\n'));
      console.log(inWords(result({ failed: 1 })));
      return 1;
    }
    const outcomes = await inScratchFolder((folder) => runAll(suites, folder, extra));
    printTable(outcomes);
    const total = sum(outcomes.map(({ outcome }) => outcome));
    console.log(inWords(total));
    return total.failed > 0 ? 1 : 0;
  });

/** @param {string[]} args */
function selection(args) {
  const split = args.indexOf('--');
  const own = split < 0 ? args : args.slice(0, split);
  const only = onlyOf(own);
  const unknown = only.filter((name) => SUITES.every((suite) => suite.name !== name));
  if (unknown.length)
    throw new Failure(
      `No suite is called ${unknown.join(', ')}; there are ${SUITES.map(({ name }) => name).join(', ')}.`,
    );
  const suites = only.length ? SUITES.filter(({ name }) => only.includes(name)) : SUITES;
  return { suites, extra: split < 0 ? [] : args.slice(split + 1) };
}

/** @param {string[]} args @returns {string[]} */
function onlyOf(args) {
  try {
    const { values } = parseArgs({ args, options: { only: { type: 'string', multiple: true } } });
    return (values.only ?? []).flatMap((list) => list.split(',')).filter(Boolean);
  } catch (error) {
    throw new Failure(`${error.message} Only --only <suite,…> is known.`);
  }
}

/** @param {() => Promise<void>} work @returns {Promise<Failure | undefined>} the expected failure it ended in */
async function problemOf(work) {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** @param {import('../lib/suites.mjs').Suite[]} suites @param {string} folder @param {string[]} extra */
async function runAll(suites, folder, extra) {
  const outcomes = [];
  for (const suite of suites) {
    console.log(`\n── ${suite.title} ──`);
    const started = Date.now();
    const outcome = await runSuite(suite, join(folder, `${suite.name}.report`), extra);
    const time = seconds(Date.now() - started);
    for (const note of outcome.notes) console.log(`${suite.name}: ${note}`);
    outcomes.push({ suite, outcome, time });
  }
  return outcomes;
}

/** @param {import('../lib/suites.mjs').Suite} suite @param {string} report @param {string[]} extra */
async function runSuite(suite, report, extra) {
  const reason = await suite.whySkipped();
  if (reason) {
    const skipped = result({ skipped: 1, notes: [`skipped: ${reason}`] });
    return inCi ? forbidSkips(skipped) : skipped;
  }
  const broken = await problemOf(() => prepare(suite.needs));
  if (broken) return result({ failed: 1, notes: [broken.message, broken.output.trimEnd()].filter(Boolean) });
  const outcome = await runOnce(suite, report, extra);
  if (!inCi) return outcome;
  return forbidSkips(await runFailedAgain(suite, report, extra, outcome));
}

/**
 * Tests of whole servers and browsers share two cores, and now and then one is disturbed. What failed runs once more,
 * alone, and the summary says so.
 *
 * @param {import('../lib/suites.mjs').Suite} suite @param {string} report @param {string[]} extra
 * @param {import('../lib/test-results.mjs').Result} first
 */
async function runFailedAgain(suite, report, extra, first) {
  if (first.failed === 0 || first.failed > MOST_RUN_AGAIN) return first;
  const selection = existsSync(report) ? suite.again?.(readFileSync(report, 'utf8')) : undefined;
  if (!selection) return first;
  console.log(`\n── ${suite.title}: what failed, once more ──`);
  return secondTry(first, await runOnce(suite, `${report}.again`, [...extra, ...selection]));
}

/** @param {import('../lib/suites.mjs').Suite} suite @param {string} report @param {string[]} extra */
async function runOnce(suite, report, extra) {
  const { args, env } = suite.command(report, extra);
  const end = await show(process.execPath, args, { env, limitMs: SUITE_LIMIT_MS });
  if (!suite.parse) return end.code === 0 ? result({ passed: 1 }) : result({ failed: 1 });
  return judge(report, suite.parse, end);
}

/** @param {{suite: import('../lib/suites.mjs').Suite, outcome: import('../lib/test-results.mjs').Result, time: string}[]} outcomes */
function printTable(outcomes) {
  console.log('\n── Summary ──');
  for (const { suite, outcome, time } of outcomes) {
    const mark = outcome.failed ? '✗' : outcome.passed ? '✓' : '-';
    console.log(`${mark} ${suite.name.padEnd(11)} ${inWords(outcome).padEnd(38)} ${time}`);
    for (const note of outcome.notes) console.log(`    ${note.split('\n')[0]}`);
  }
}
