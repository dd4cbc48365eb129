import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  createDataSource,
  dataSourceOptions,
  migrate,
  nameOf,
  openTarget,
  RestoreUnfinished,
} from '../../src/database';
import { verifyBackup } from '../../src/operations';
import { expectStatus, type Api } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE, type Scratch } from '../support/databases';
import { until } from '../support/until';
import { always, backUp, digestsOf, furnish, Places, restoreTo } from './support/installation';

const CLI = join(__dirname, '../../src/cli.ts');
const TYPESCRIPT = join(__dirname, '../support/typescript.cjs');
const run = promisify(execFile);

jest.setTimeout(60_000);

const verify = (folder: string) => verifyBackup(folder, () => undefined);

const environment = ({ dataDir, databaseUrl }: Scratch): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE_ENV: 'test',
  DEMO: 'false',
  DATA_DIR: dataDir,
  ...(databaseUrl && { DATABASE_URL: databaseUrl }),
});

/** A command as people give it; what it says, and how it ends. */
async function command(database: Scratch, ...args: string[]): Promise<{ code: number; said: string }> {
  const options = { cwd: database.dataDir, env: environment(database) };
  return run(process.execPath, ['--require', TYPESCRIPT, CLI, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr }),
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe(`a backup on ${ENGINE}`, () => {
  const places = new Places();
  let database: Scratch;
  let product: Api;
  let folder: string;
  let fileId: string;
  beforeAll(async () => {
    database = await places.database();
    product = await places.product(database);
    ({
      fileIds: [fileId],
    } = await furnish(product));
    folder = await places.folder();
    await backUp(database, folder);
  }, 60_000);
  afterAll(() => places.cleanUp());

  it('is found sound as long as nobody touches it', async () => {
    const { tables, files } = await verify(folder);
    expect(tables.length).toBeGreaterThan(20);
    expect(files).toMatchObject({ deletedMeanwhile: [], missing: [], changed: [] });
  });

  it('is readable by nobody else', async () => {
    const { stdout } = await run('find', [folder, '-perm', '/077']);
    expect(stdout).toBe('');
  });

  it('is found damaged whichever byte of it is flipped', async () => {
    const paths = await filesIn(folder);
    expect(paths.length).toBeGreaterThan(25);
    for (const path of paths) {
      const bytes = await readFile(path);
      for (const at of new Set([0, 9, Math.floor(bytes.length / 2), bytes.length - 1])) {
        // What follows the checksum in its own file is a name for people.
        if (path.endsWith('manifest.sha256') && at >= 64) continue;
        const flipped = Buffer.from(bytes);
        flipped[at] ^= 1;
        await writeFile(path, flipped);
        await expect(verify(folder)).rejects.toThrow(/is not what the backup wrote/);
      }
      await writeFile(path, bytes);
    }
    await verify(folder);
  });

  it('is found damaged when a file of it is cut off, grows, or is gone', async () => {
    for (const path of await filesIn(folder)) {
      const bytes = await readFile(path);
      const damages = [() => rm(path)];
      // What follows the checksum in its own file is a name for people.
      if (!path.endsWith('.sha256'))
        damages.push(
          () => truncate(path, bytes.length - 5),
          () => appendFile(path, 'more'),
        );
      for (const damage of damages) {
        await damage();
        await expect(verify(folder)).rejects.toThrow(/is not what the backup wrote|missing/);
        await writeFile(path, bytes);
      }
    }
    await verify(folder);
  });

  it('that is damaged changes nothing in the database it was to come to', async () => {
    const [table] = (await filesIn(folder)).filter((path) => path.endsWith('users.ndjson.gz'));
    const bytes = await readFile(table);
    const other = await places.database();
    const inUse = await places.product(other);
    await inUse.given.ticket();
    await inUse.stop();
    const before = await digestsOf(other);
    await writeFile(table, bytes.subarray(0, 50));
    await expect(restoreTo(other, folder, { replaces: always })).rejects.toThrow('users.ndjson.gz');
    await writeFile(table, bytes);
    expect(await digestsOf(other)).toEqual(before);
  });

  it('says which files are missing and which are not what was stored', async () => {
    const [{ storageKey: key }] = await product.rows('SELECT storageKey FROM attachments WHERE id = ?', [fileId]);
    const path = join(database.dataDir, 'files', String(key).slice(0, 2), String(key));
    const bytes = await readFile(path);
    await writeFile(path, 'something else');
    expect((await backUp(database, await places.folder())).files).toMatchObject({ missing: [], changed: [key] });
    await rm(path);
    expect((await backUp(database, await places.folder())).files).toMatchObject({ missing: [key], changed: [] });
    await writeFile(path, bytes);
  });

  it('is written into a new folder only', async () => {
    await expect(backUp(database, folder)).rejects.toThrow('is not empty');
  });

  it('that was killed is none, and nothing restores it', async () => {
    const [{ storageKey: key }] = await product.rows('SELECT storageKey FROM attachments WHERE id = ?', [fileId]);
    const slow = await places.database();
    const other = await places.product(slow);
    await other.given.ticket();
    // A pipe that nobody writes to: the backup stays with this file until it is killed.
    const name = `ff${String(key).slice(2)}`;
    await mkdir(join(slow.dataDir, 'files', 'ff'), { recursive: true });
    await run('mkfifo', [join(slow.dataDir, 'files', 'ff', name)]);
    const cut = await places.folder();
    const child = spawn(process.execPath, ['--require', TYPESCRIPT, CLI, 'backup', cut], { env: environment(slow) });
    const waiting = async (): Promise<boolean> =>
      (await filesIn(cut).catch(() => [])).some((path) => /mails/.test(path));
    await until('all rows are written', waiting, 30_000);
    await sleep(300);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(verify(cut)).rejects.toThrow('holds no finished backup');
    await expect(restoreTo(await places.database(), cut)).rejects.toThrow('holds no finished backup');
  });

  it('can be made of one moment while people write', async () => {
    const agent = await product.given.agent();
    const ticket = await product.given.ticket();
    let isOver = false;
    const writing = (async () => {
      let sent = 0;
      for (; !isOver; sent += 1) await product.given.message(agent, ticket.id);
      return sent;
    })();
    const live = await places.folder();
    await backUp(database, live);
    isOver = true;
    expect(await writing).toBeGreaterThan(2);
    const restored = await places.database();
    await restoreTo(restored, live);
    const copy = await places.product(restored);
    expect(await inconsistencies((sql) => copy.rows(sql))).toEqual({});
  });
});

describe(`a restore on ${ENGINE}`, () => {
  const places = new Places();
  let folder: string;
  let saved: Record<string, unknown>;
  beforeAll(async () => {
    const database = await places.database();
    const product = await places.product(database);
    await furnish(product);
    await product.stop();
    folder = await places.folder();
    await backUp(database, folder);
    saved = await digestsOf(database);
  }, 60_000);
  afterAll(() => places.cleanUp());

  it('into a database with people in it is refused unless its name is typed', async () => {
    const database = await places.database();
    const product = await places.product(database);
    await product.given.agent();
    await product.stop();
    const before = await digestsOf(database);
    await expect(restoreTo(database, folder)).rejects.toThrow('--replace');
    const wrong = await command(database, 'restore', folder, '--replace', '--confirm', 'yes');
    expect(wrong).toMatchObject({ code: 1, said: expect.stringMatching('Nothing was changed') });
    expect(await digestsOf(database)).toEqual(before);
    const done = await command(database, 'restore', folder, '--replace', '--confirm', nameOf(database));
    expect(done).toMatchObject({ code: 0, said: expect.stringMatching(/^Restored [\d,]+ rows of \d+ tables/m) });
    expect((await digestsOf(database)).messages).toEqual(saved.messages);
  }, 120_000);

  it('is refused while a server works with the database', async () => {
    const database = await places.database();
    const product = await places.product(database);
    await expect(restoreTo(database, folder, { replaces: always })).rejects.toThrow('Another process works');
    expectStatus(200, await product.anyone.get('/health/ready'));
    await product.stop();
    await restoreTo(database, folder);
  });

  it('that broke off keeps servers away, and can be done again', async () => {
    const database = await places.database();
    const target = await openTarget(database);
    await target.clear();
    await target.close();
    const dataSource = await createDataSource(dataSourceOptions(database)).initialize();
    await expect(migrate(dataSource)).rejects.toThrow(RestoreUnfinished);
    await dataSource.destroy();
    expect(await command(database, 'db:migrate')).toMatchObject({
      code: 1,
      said: 'A restore into this database was not finished. Run it again: until then there is nothing to serve.\n',
    });
    await restoreTo(database, folder);
    const product = await places.product(database);
    expectStatus(200, await product.anyone.get('/health/ready'));
  });

  it('is refused for a backup of a newer version', async () => {
    const database = await places.database();
    const newer = await places.product(database);
    await newer.rows(`INSERT INTO migrations (timestamp, name) VALUES (4000000000000, 'FromTheFuture')`);
    await newer.stop();
    const future = await places.folder();
    await backUp(database, future);
    await expect(restoreTo(await places.database(), future)).rejects.toThrow('FromTheFuture');
  });

  it('takes the place of a newer version, which is the way back', async () => {
    const database = await places.database();
    const newer = await places.product(database);
    await newer.given.agent();
    await newer.rows(`INSERT INTO migrations (timestamp, name) VALUES (4000000000000, 'FromTheFuture')`);
    await newer.stop();
    await restoreTo(database, folder, { replaces: always });
    await places.product(database);
  });
});
