import promises, { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../config';
import { LocalFileStore } from './local-file-store';

const KEY = 'ab'.repeat(16);
const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe('LocalFileStore', () => {
  let dataDir: string;
  let temp: string;
  let store: LocalFileStore;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-store-'));
    temp = join(dataDir, 'temp');
    await writeFile(temp, 'some bytes');
    store = new LocalFileStore({ dataDir } as Settings);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(dataDir, { recursive: true });
  });

  const stored = (): Promise<string[]> => readdir(join(dataDir, 'files', 'ab'));

  it('takes a file over, gives it back whole or in part, and forgets it', async () => {
    await store.put(temp, KEY);
    expect(await readdir(dataDir)).toEqual(['files']);
    expect(Buffer.concat(await (await store.open(KEY)).stream.toArray()).toString()).toBe('some bytes');
    const part = await store.open(KEY, { start: 5, end: 7 });
    expect([part.size, Buffer.concat(await part.stream.toArray()).toString()]).toEqual([3, 'byt']);
    expect(await store.facts(KEY)).toMatchObject({ size: 10 });
    expect(await store.keys('ab')).toEqual([KEY]);
    await store.delete(KEY);
    await store.delete(KEY);
    expect(await store.facts(KEY)).toBeUndefined();
    expect(await store.keys('ab')).toEqual([]);
    expect(await store.keys('cd')).toEqual([]);
    await expect(store.open(KEY)).rejects.toMatchObject({ status: 404 });
  });

  it.each(['../../etc/passwd', 'ab', KEY.toUpperCase(), `${KEY}/x`])('knows no key %s', async (key) => {
    await expect(store.open(key)).rejects.toThrow('Not a storage key.');
    await expect(store.delete(key)).rejects.toThrow('Not a storage key.');
    await expect(store.put(temp, key)).rejects.toThrow('Not a storage key.');
  });

  it('copies where the folder of files is another disk', async () => {
    jest.spyOn(promises, 'rename').mockRejectedValueOnce(failure('EXDEV'));
    await store.put(temp, KEY);
    expect(await stored()).toEqual([KEY]);
    expect(await readFile(join(dataDir, 'files', 'ab', KEY), 'utf8')).toBe('some bytes');
    expect(await readdir(dataDir)).toEqual(['files']);
  });

  it('leaves nothing of a copy that found no room', async () => {
    jest.spyOn(promises, 'rename').mockRejectedValueOnce(failure('EXDEV'));
    jest.spyOn(promises, 'copyFile').mockImplementationOnce(async (_from, to) => {
      await writeFile(String(to), 'som');
      throw failure('ENOSPC');
    });
    await expect(store.put(temp, KEY)).rejects.toMatchObject({ status: 507 });
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['ENOSPC', 507],
    ['EDQUOT', 507],
    ['EIO', 503],
    ['EROFS', 503],
  ])('answers %s with %i', async (code, status) => {
    jest.spyOn(promises, 'rename').mockRejectedValueOnce(failure(code));
    await expect(store.put(temp, KEY)).rejects.toMatchObject({ status });
    expect(await stored()).toEqual([]);
  });
});
