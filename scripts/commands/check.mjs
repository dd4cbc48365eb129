import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { staleApiFiles } from '../lib/api-files.mjs';
import { at, TOOLS } from '../lib/checkout.mjs';
import { exitWith, Failure } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { capture } from '../lib/process.mjs';
import { seconds } from '../lib/progress.mjs';
import { settingNames } from '../lib/settings-names.mjs';
import { textProblems } from '../lib/texts/index.mjs';

/** As many as the smallest machine that should be comfortable has cores. */
const AT_ONCE = 2;

/**
 * A check answers what is wrong, or nothing.
 *
 * @typedef {{name: string, problem: () => Promise<string | undefined>}} Check
 */

/** @param {...string} args @returns {() => Promise<string | undefined>} */
const tool =
  (...args) =>
  async () => {
    const { code, output } = await capture(process.execPath, args);
    return code === 0 ? undefined : output.trim() || `ended with code ${code}`;
  };

/** @type {Check[]} the slowest first */
const CHECKS = [
  { name: 'lint', problem: tool(TOOLS.eslint, '.', '--max-warnings=0') },
  { name: 'types of the client', problem: tool(TOOLS.ngc, '-p', at('frontend/tsconfig.app.json'), '--noEmit') },
  { name: 'types of the client tests', problem: tool(TOOLS.tsc, '-p', at('frontend/tsconfig.spec.json'), '--noEmit') },
  { name: 'types of the backend', problem: tool(TOOLS.tsc, '-p', at('backend/tsconfig.json'), '--noEmit') },
  { name: 'types of the browser story', problem: tool(TOOLS.tsc, '-p', at('e2e/tsconfig.json')) },
  { name: 'types of the chaos test', problem: tool(TOOLS.tsc, '-p', at('e2e/chaos/tsconfig.json')) },
  { name: 'API files', problem: staleApi },
  { name: 'format', problem: tool(TOOLS.prettier, '--check', '--log-level=warn', '.') },
  { name: 'dead code', problem: tool(TOOLS.knip, '--no-progress', '--treat-config-hints-as-errors') },
  {
    name: 'imports',
    problem: tool(
      ...[TOOLS.depcruise, '--config', at('.dependency-cruiser.cjs')],
      ...['backend/src', 'backend/test', 'frontend/src', 'e2e/chaos'],
    ),
  },
  { name: 'lock file', problem: registryInLockFile },
  { name: 'settings', problem: undocumentedSettings },
  { name: 'texts', problem: async () => textProblems() },
];

/** `npm run check`: everything that can be judged without running the product. All of it runs; any problem fails. */
export const run = (args) =>
  exitWith(async () => {
    const checks = selected(args);
    await prepare([]);
    const started = Date.now();
    const queue = [...checks];
    const failed = [];
    const work = async () => {
      for (let check = queue.shift(); check; check = queue.shift()) if (!(await passes(check))) failed.push(check.name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const time = seconds(Date.now() - started);
    console.log(failed.length ? `\nFailed: ${failed.join(', ')} (${time})` : `\nAll checks passed (${time})`);
    return failed.length ? 1 : 0;
  });

/** @param {string[]} args */
function selected(args) {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
  const checks = CHECKS.filter(({ name }) => !values.only || values.only.split(',').includes(name));
  if (checks.length === 0) throw new Failure(`There are these checks: ${CHECKS.map(({ name }) => name).join(', ')}.`);
  return checks;
}

/** @param {Check} check */
async function passes({ name, problem }) {
  const started = Date.now();
  const found = await problem().catch((error) => {
    if (error instanceof Failure) return `${error.output}\n${error.message}`.trim();
    throw error;
  });
  console.log(`${found ? '✗' : '✓'} ${name} (${seconds(Date.now() - started)})`);
  if (found) console.log(found.replace(/^/gm, '    '));
  return !found;
}

async function staleApi() {
  await prepare(['backend']);
  const stale = await staleApiFiles();
  return stale.length
    ? `${stale.join(' and ')} out of date: run npm run api:generate and commit the result.`
    : undefined;
}

async function registryInLockFile() {
  const found = /"resolved": /.test(readFileSync(at('package-lock.json'), 'utf8'));
  return found
    ? 'package-lock.json names a registry ("resolved"); install with the .npmrc of this repository.'
    : undefined;
}

/** Compares `.env.example` with the class that validates the environment. */
async function undocumentedSettings() {
  const source = readFileSync(at('backend/src/config/environment.ts'), 'utf8');
  const validated = [...source.matchAll(/readonly ([A-Z][A-Z0-9_]*)\b/g)].map(([, name]) => name);
  const documented = settingNames();
  const problems = [
    ...validated.filter((name) => !documented.includes(name)).map((name) => `${name} is missing in .env.example`),
    ...documented.filter((name) => !validated.includes(name)).map((name) => `${name} of .env.example does not exist`),
  ];
  return problems.join('\n') || undefined;
}
