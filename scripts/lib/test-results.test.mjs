import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  forbidSkips,
  fromJest,
  fromPlaywright,
  fromTap,
  inWords,
  jestAgain,
  judge,
  playwrightAgain,
  result,
  secondTry,
  sum,
} from './test-results.mjs';

const ENDED_WELL = { code: 0, timedOut: false };
const counts = ({ passed, failed, skipped }) => [passed, failed, skipped];

describe('the counting of test results', () => {
  it('reads the report of Jest, and counts a file that could not run as failed', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { name: 'broken.spec.ts', status: 'failed', assertionResults: [] },
        { name: 'red.spec.ts', status: 'failed', assertionResults: [{}] },
      ],
    };
    assert.deepEqual(counts(fromJest(report)), [5, 2, 2]);
    assert.deepEqual(fromJest(report).notes, ['broken.spec.ts could not be run']);
  });

  it('reads the report of Playwright, and counts a flaky test as failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    assert.deepEqual(counts(fromPlaywright({ stats, errors: [] })), [3, 2, 2]);
    assert.deepEqual(counts(fromPlaywright({ stats, errors: [{ message: 'no server' }] })), [3, 3, 2]);
  });

  it('reads the report of Node', () => {
    const tap = '# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    assert.deepEqual(counts(fromTap(tap)), [3, 2, 1]);
  });

  it('adds everything up into the last line', () => {
    const total = sum([result({ passed: 2 }), result({ passed: 1, failed: 1 }), result({ skipped: 4 })]);
    assert.equal(inWords(total), '3 passed, 1 failed, 4 skipped');
  });

  it('turns what is skipped into failures where nothing may be skipped', () => {
    assert.deepEqual(counts(forbidSkips(result({ passed: 1, skipped: 2 }))), [1, 2, 0]);
    assert.deepEqual(counts(forbidSkips(result({ passed: 1 }))), [1, 0, 0]);
  });
});

describe('a second try', () => {
  it('runs only the files that failed, and nothing when none did', () => {
    const files = [
      { name: 'red.spec.ts', status: 'failed' },
      { name: 'green.spec.ts', status: 'passed' },
    ];
    assert.deepEqual(jestAgain({ testResults: files }), ['--runTestsByPath', 'red.spec.ts']);
    assert.equal(jestAgain({ testResults: files.slice(1) }), undefined);
    assert.deepEqual(playwrightAgain({ stats: { unexpected: 1 } }), ['--last-failed']);
    assert.equal(playwrightAgain({ stats: { unexpected: 0 } }), undefined);
  });

  it('counts each test once, keeps what failed twice, and says what passed late', () => {
    const first = result({ passed: 90, failed: 3 });
    const both = secondTry(first, result({ passed: 11, failed: 1 }));
    assert.deepEqual(counts(both), [92, 1, 0]);
    assert.deepEqual(both.notes, ['2 passed only at the second try']);
  });
});

describe('the judgement of a runner', () => {
  let folder;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'parley-results-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const judged = (reported, end) => {
    const path = join(folder, 'report');
    writeFileSync(path, JSON.stringify(reported));
    return judge(path, (text) => result(JSON.parse(text)), end);
  };

  it('believes a runner whose report and exit code agree', () => {
    assert.deepEqual(counts(judged({ passed: 3 }, ENDED_WELL)), [3, 0, 0]);
    assert.deepEqual(counts(judged({ passed: 3, failed: 1 }, { code: 1, timedOut: false })), [3, 1, 0]);
  });

  it('counts a crash without a report as one failure', () => {
    const outcome = judge(join(folder, 'absent'), JSON.parse, { code: 134, timedOut: false });
    assert.deepEqual(counts(outcome), [0, 1, 0]);
    assert.match(outcome.notes[0], /134/);
  });

  it('counts a suite without tests as failed', () => {
    assert.deepEqual(counts(judged({}, ENDED_WELL)), [0, 1, 0]);
    assert.deepEqual(counts(judged({ skipped: 3 }, ENDED_WELL)), [0, 1, 3]);
  });

  it('counts a runner that fails after passing tests', () => {
    assert.deepEqual(counts(judged({ passed: 3 }, { code: 1, timedOut: false })), [3, 1, 0]);
  });

  it('counts a runner that was stopped for taking too long', () => {
    assert.deepEqual(counts(judged({ passed: 3 }, { code: 1, timedOut: true })), [3, 1, 0]);
  });
});
