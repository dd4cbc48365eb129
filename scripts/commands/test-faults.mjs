import { parseArgs } from 'node:util';
import { at, TOOLS } from '../lib/checkout.mjs';
import { databaseProblem, testDatabaseUrl } from '../lib/database-probe.mjs';
import { exitWith, Failure } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { show } from '../lib/process.mjs';
import { productEnvironment } from '../lib/settings-names.mjs';

const RUN_LIMIT_MS = 40 * 60_000;

/** Bad days that pass quickly are tests of the API as well; those that take long are drills. */
const RUNS = [
  {
    project: 'api',
    paths: [
      'test/faults/',
      'test/sockets/nodes/',
      'files-on-s3',
      'files-without-room',
      'mail-delivery',
      'database/schema',
    ],
  },
  { project: 'drills', paths: [] },
];

/**
 * `npm run test:faults`: every bad day of docs/operations.md, on both databases.
 * `npm run test:faults -- --engine mysql --times 3 --only drills` selects.
 *
 * @param {string[]} args
 */
export const run = (args) =>
  exitWith(async () => {
    const { engines, times, only } = selection(args);
    await prepare([]);
    let failures = 0;
    for (let time = 1; time <= times; time += 1)
      for (const engine of engines)
        for (const { project, paths } of RUNS.filter(({ project }) => !only || only === project)) {
          console.log(`\n── Bad days on ${engine}: ${project} (${time} of ${times}) ──`);
          failures += (await play(engine, project, paths)) ? 0 : 1;
        }
    console.log(failures ? `${failures} runs failed` : 'All bad days passed');
    return failures ? 1 : 0;
  });

/** @param {string[]} args */
function selection(args) {
  const { values } = parseArgs({
    args,
    options: { engine: { type: 'string' }, times: { type: 'string', default: '1' }, only: { type: 'string' } },
  });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1) throw new Failure('--times wants a whole number from 1.');
  if (values.engine && !['sqlite', 'mysql'].includes(values.engine)) throw new Failure('--engine is sqlite or mysql.');
  if (values.only && !RUNS.some(({ project }) => project === values.only))
    throw new Failure('--only is api or drills.');
  return { engines: values.engine ? [values.engine] : ['sqlite', 'mysql'], times, only: values.only };
}

/** @param {string} engine @param {string} project @param {string[]} paths @returns {Promise<boolean>} whether all went well */
async function play(engine, project, paths) {
  const problem = engine === 'mysql' ? await databaseProblem() : undefined;
  if (problem) {
    console.log(`failed: ${problem}`);
    return false;
  }
  const selected = paths.length ? ['--testPathPatterns', paths.join('|')] : [];
  const env = productEnvironment({ NODE_ENV: 'test', TEST_ENGINE: engine, TEST_DATABASE_URL: testDatabaseUrl() });
  const config = ['--config', at('backend/jest.config.cjs'), '--selectProjects', project];
  // One after the other: each spoils its machine for the others.
  const { code } = await show(process.execPath, [TOOLS.jest, ...config, '--runInBand', ...selected], {
    env,
    limitMs: RUN_LIMIT_MS,
  });
  return code === 0;
}
