import { readFileSync } from 'node:fs';

/**
 * What a suite came to.
 *
 * @typedef {{passed: number, failed: number, skipped: number, notes: string[]}} Result
 */

/** @param {Partial<Result>} [counts] @returns {Result} */
export const result = (counts = {}) => ({ passed: 0, failed: 0, skipped: 0, notes: [], ...counts });

/** @param {any} report of `jest --json` */
export function fromJest(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return result({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    notes: broken.map((file) => `${file.name} could not be run`),
  });
}

/** @param {any} report of Playwright's json reporter; a test that passed only when repeated counts as failed */
export const fromPlaywright = (report) =>
  result({
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
    skipped: report.stats.skipped,
    notes: report.errors.map((error) => error.message),
  });

/** @param {Result} counts of a runner that reports as this file does */
export const fromCounts = (counts) => result(counts);

/** @param {string} tap of `node --test --test-reporter=tap` */
export function fromTap(tap) {
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  return result({
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  });
}

/**
 * What a runner reported, judged together with how it ended: a report that is missing, holds no test or claims success
 * although the runner failed is one failure more.
 *
 * @param {string} path of the report
 * @param {(text: string) => Result} parse
 * @param {{code: number, timedOut: boolean}} end
 * @returns {Result}
 */
export function judge(path, parse, { code, timedOut }) {
  const reported = parsed(path, parse);
  if (timedOut) return withFailure(reported ?? result(), 'took too long and was stopped');
  if (!reported) return result({ failed: 1, notes: [`ended with code ${code} and left no report`] });
  if (reported.passed + reported.failed === 0) return withFailure(reported, 'ran no test');
  if (code !== 0 && reported.failed === 0)
    return withFailure(reported, `ended with code ${code} although no test failed`);
  return reported;
}

/** @param {string} path @param {(text: string) => Result} parse */
function parsed(path, parse) {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Result} reported @param {string} note */
const withFailure = (reported, note) => ({
  ...reported,
  failed: reported.failed + 1,
  notes: [...reported.notes, note],
});

/**
 * With `CI=true` what is skipped counts as failed: there, everything must run.
 *
 * @param {Result} reported
 */
export function forbidSkips(reported) {
  if (reported.skipped === 0) return reported;
  const note = `${reported.skipped} skipped, which CI=true does not allow`;
  return { ...reported, failed: reported.failed + reported.skipped, skipped: 0, notes: [...reported.notes, note] };
}

/** @param {any} report of `jest --json` @returns {string[] | undefined} arguments that run the failed files again */
export function jestAgain(report) {
  const failed = report.testResults.filter((file) => file.status === 'failed').map((file) => file.name);
  return failed.length > 0 ? ['--runTestsByPath', ...failed] : undefined;
}

/** @param {any} report of Playwright's json reporter @returns {string[] | undefined} */
export const playwrightAgain = (report) => (report.stats.unexpected > 0 ? ['--last-failed'] : undefined);

/**
 * The result of a suite whose failures were run once more, alone: what passes then was disturbed, and is named.
 *
 * @param {Result} first
 * @param {Result} second of the failed tests only, perhaps with their neighbours
 * @returns {Result}
 */
export function secondTry(first, second) {
  const mended = Math.max(0, first.failed - second.failed);
  return {
    ...first,
    passed: first.passed + mended,
    failed: second.failed,
    notes: [...first.notes, ...second.notes, `${mended} passed only at the second try`],
  };
}

/** @param {Result[]} results */
export const sum = (results) =>
  results.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** @param {{passed: number, failed: number, skipped: number}} counts */
export const inWords = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
