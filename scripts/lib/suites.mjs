import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { chaosArgs } from './chaos.mjs';
import { at, TOOLS } from './checkout.mjs';
import { databaseProblem, testDatabaseUrl } from './database-probe.mjs';
import { findChromium } from './find-chromium.mjs';
import { productEnvironment } from './settings-names.mjs';
import { fromCounts, fromJest, fromPlaywright, fromTap, jestAgain, playwrightAgain } from './test-results.mjs';

/**
 * One runner with one report.
 *
 * @typedef {object} Suite
 * @property {string} name for `--only`
 * @property {string} title
 * @property {import('./build.mjs').Part[]} needs halves that must be built for it
 * @property {(report: string, extra: string[]) => {args: string[], env: NodeJS.ProcessEnv}} command arguments for Node
 * @property {((text: string) => import('./test-results.mjs').Result) | undefined} parse reads the report; without one
 *   the exit code is the result, and counts as one test
 * @property {(text: string) => string[] | undefined} [again] arguments that run only what failed, from the report of
 *   the first run
 * @property {() => Promise<string | undefined>} whySkipped the reason when it cannot run here
 */

const workers = String(Math.min(4, Math.max(1, availableParallelism())));
const canRun = () => Promise.resolve(undefined);
const parseJest = (text) => fromJest(JSON.parse(text));
const againJest = (text) => jestAgain(JSON.parse(text));
const parseCounts = (text) => fromCounts(JSON.parse(text));
const parsePlaywright = (text) => fromPlaywright(JSON.parse(text));
const testEnvironment = (own = {}) => productEnvironment({ NODE_ENV: 'test', ...own });

/** @param {string} config @param {string[]} selection @param {NodeJS.ProcessEnv} [env] */
const jest = (config, selection, env) => (report, extra) => ({
  args: [
    TOOLS.jest,
    ...['--config', at(config), ...selection, '--maxWorkers', workers],
    ...['--json', '--outputFile', report, ...extra],
  ],
  env: testEnvironment(env),
});

/** @param {string} folder @returns {string[]} */
const specsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => join(folder, name));

/** @type {Suite[]} */
export const SUITES = [
  {
    name: 'scripts',
    title: 'Units of the scripts',
    needs: [],
    command: (report, extra) => ({
      args: [
        ...['--test', '--test-reporter=dot', '--test-reporter-destination=stdout'],
        ...['--test-reporter=tap', `--test-reporter-destination=${report}`],
        ...[...extra, ...specsIn(at('scripts/lib'))],
      ],
      env: testEnvironment(),
    }),
    parse: fromTap,
    whySkipped: canRun,
  },
  {
    name: 'types',
    title: 'Types of the backend and its tests',
    needs: [],
    command: () => ({ args: [TOOLS.tsc, '--noEmit', '-p', at('backend/tsconfig.json')], env: testEnvironment() }),
    parse: undefined,
    whySkipped: canRun,
  },
  {
    name: 'unit',
    title: 'Units of the backend',
    needs: [],
    command: jest('backend/jest.config.cjs', ['--selectProjects', 'unit']),
    parse: parseJest,
    again: againJest,
    whySkipped: canRun,
  },
  {
    name: 'client',
    title: 'Units of the client',
    needs: [],
    command: jest('frontend/jest.config.cjs', []),
    parse: parseJest,
    again: againJest,
    whySkipped: canRun,
  },
  {
    name: 'api-sqlite',
    title: 'API and sockets on SQLite',
    needs: [],
    command: jest('backend/jest.config.cjs', ['--selectProjects', 'api'], { TEST_ENGINE: 'sqlite' }),
    parse: parseJest,
    again: againJest,
    whySkipped: canRun,
  },
  {
    name: 'api-mysql',
    title: 'API and sockets on MySQL/MariaDB',
    needs: [],
    command: jest('backend/jest.config.cjs', ['--selectProjects', 'api'], {
      TEST_ENGINE: 'mysql',
      TEST_DATABASE_URL: testDatabaseUrl(),
    }),
    parse: parseJest,
    again: againJest,
    whySkipped: databaseProblem,
  },
  {
    name: 'checker',
    title: 'The checker of the chaos test',
    needs: [],
    command: jest('e2e/chaos/jest.config.cjs', []),
    parse: parseJest,
    whySkipped: canRun,
  },
  {
    name: 'chaos',
    title: 'A short storm on each database',
    needs: ['backend'],
    command: (report, extra) => ({
      args: chaosArgs(['--short', '--report', report, ...extra]),
      env: testEnvironment(),
    }),
    parse: parseCounts,
    whySkipped: canRun,
  },
  {
    name: 'browser',
    title: 'The story in a browser',
    needs: ['backend', 'frontend'],
    command: (report, extra) => ({
      args: [TOOLS.playwright, 'test', '--config', at('e2e/playwright.config.ts'), '--reporter=list,json', ...extra],
      env: testEnvironment({ CHROMIUM_PATH: findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    }),
    parse: parsePlaywright,
    again: (text) => playwrightAgain(JSON.parse(text)),
    whySkipped: () =>
      Promise.resolve(findChromium() ? undefined : 'no Chromium or Chrome was found; CHROMIUM_PATH names one'),
  },
];
