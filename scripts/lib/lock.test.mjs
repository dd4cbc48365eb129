import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { withLock } from './lock.mjs';

const LOCK_MODULE = new URL('./lock.mjs', import.meta.url).href;

describe('the lock of a checkout', () => {
  let folder;
  let path;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-lock-'));
    path = join(folder, 'dist/.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const takesIt = () => withLock(path, async () => existsSync(path));
  const ownedBy = (pid, host = hostname()) => {
    withLockFolder();
    writeFileSync(path, JSON.stringify({ pid, host, since: Date.now() }));
  };
  const withLockFolder = () => spawnSync('mkdir', ['-p', join(folder, 'dist')]);

  /** Appends `<` and `>` around a pause, in a process of its own. */
  const worker = (log) =>
    spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { appendFileSync } from 'node:fs';
       import { setTimeout as sleep } from 'node:timers/promises';
       import { withLock } from ${JSON.stringify(LOCK_MODULE)};
       await withLock(${JSON.stringify(path)}, async () => {
         appendFileSync(${JSON.stringify(log)}, '<');
         await sleep(150);
         appendFileSync(${JSON.stringify(log)}, '>');
       });`,
    ]);

  it('is held during the work and free afterwards, also when the work fails', async () => {
    assert.equal(await takesIt(), true);
    assert.equal(existsSync(path), false);
    await assert.rejects(
      withLock(path, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(existsSync(path), false);
  });

  it('lets several processes work one after another', async () => {
    const log = join(folder, 'log');
    const ends = await Promise.all(Array.from({ length: 4 }, () => once(worker(log), 'exit')));
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0, 0],
    );
    assert.equal(readFileSync(log, 'utf8'), '<><><><>');
  });

  it('is taken from an owner that died', async () => {
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    ownedBy(pid);
    assert.equal(await takesIt(), true);
  });

  it('is taken from an owner of another machine only after two silent minutes', async () => {
    ownedBy(1, 'elsewhere');
    const long = new Date(Date.now() - 121_000);
    utimesSync(path, long, long);
    assert.equal(await takesIt(), true);
  });

  it('is taken when its content is unreadable', async () => {
    withLockFolder();
    writeFileSync(path, 'torn');
    assert.equal(await takesIt(), true);
  });

  it('names the living owner that has to be waited for', async () => {
    const owner = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60000)']);
    ownedBy(owner.pid);
    const waitedFor = [];
    const done = withLock(
      path,
      async () => 'done',
      (pid) => {
        waitedFor.push(pid);
        owner.kill();
      },
    );
    assert.equal(await done, 'done');
    assert.deepEqual(waitedFor, [owner.pid]);
  });
});
