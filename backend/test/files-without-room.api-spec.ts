import promises, { readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskSpace, type Space } from '../src/attachments/disk-space';
import { newId } from '../src/common';
import { Settings } from '../src/config';
import { aMessage, expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, pdf, png } from './support/files';
import { until } from './support/until';

const MB = 1_048_576;

/** A disk whose fullness the test decides. */
class ToldDiskSpace extends DiskSpace {
  space: Space = { free: 1_000 * MB, total: 10_000 * MB };

  override of(): Promise<Space> {
    return Promise.resolve(this.space);
  }
}

const disk = new ToldDiskSpace();
const api = testApi({ replace: [{ token: DiskSpace, value: disk }] });

describe('when the disk is full', () => {
  let cora: Person;
  let ticketId: number;

  beforeAll(async () => {
    cora = await api.given.customer();
    ({ id: ticketId } = await api.given.ticket({ by: cora }));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    disk.space = { free: 1_000 * MB, total: 10_000 * MB };
  });

  const upload = async (headers = {}): Promise<Answer> => {
    const file = { bytes: await png(), name: 'a.png', type: 'image/png' };
    return cora.post(`/api/tickets/${ticketId}/attachments`, form({}, [file], 'file'), headers);
  };
  const rows = async (): Promise<number> => (await api.rows('SELECT id FROM attachments')).length;
  const folder = (name: string): string => join(api.part(Settings).dataDir, name);
  const bytes = async (): Promise<string[]> =>
    (await readdir(folder('files'), { recursive: true })).filter((name) => name.length > 2);
  const settled = (): Promise<unknown> =>
    until('no temporary file is left', async () => !(await readdir(folder('tmp'))).length);

  it.each([
    ['100 MB', { free: 100 * MB - 1, total: 10_000 * MB }, { free: 100 * MB, total: 10_000 * MB }],
    ['a tenth of a small disk', { free: 2 * MB - 1, total: 20 * MB }, { free: 2 * MB, total: 20 * MB }],
  ])('%s is left to the database; uploads work again with more, and the talk goes on', async (_what, full, enough) => {
    disk.space = full;
    const before = await rows();
    const refused = await upload();
    expect(refused).toMatchObject(problem(507, 'no-space'));
    expect(refused.body.detail).toContain('no room left');
    const withFile = form({ subject: 'a', description: 'b' }, [{ bytes: pdf(), name: 'a.pdf' }]);
    expect(await cora.post('/api/tickets', withFile)).toMatchObject(problem(507, 'no-space'));
    expectStatus(201, await cora.post('/api/tickets', { subject: 'a', description: 'b' }));
    expectStatus(201, await cora.post(`/api/tickets/${ticketId}/messages`, aMessage()));
    expect(await rows()).toBe(before);
    disk.space = enough;
    expectStatus(201, await upload());
  });

  it('an upload that finds no room for its bytes leaves neither row nor bytes, and can be repeated', async () => {
    expectStatus(201, await upload());
    const [rowsBefore, bytesBefore] = [await rows(), await bytes()];
    const key = { 'idempotency-key': newId() };
    const open = promises.open;
    jest.spyOn(promises, 'open').mockImplementation(async (path, flags, mode) => {
      const handle: FileHandle = await open(path, flags, mode);
      if (flags === 'wx') jest.spyOn(handle, 'write').mockRejectedValue(fullDisk());
      return handle;
    });
    expect(await upload(key)).toMatchObject(problem(507, 'no-space'));
    jest.restoreAllMocks();
    jest.spyOn(promises, 'rename').mockRejectedValue(fullDisk());
    expect(await upload(key)).toMatchObject(problem(507, 'no-space'));
    jest.restoreAllMocks();
    expect([await rows(), await bytes()]).toEqual([rowsBefore, bytesBefore]);
    await settled();
    expectStatus(201, await upload(key));
  });

  it('files that a person never sends fill it to 100 MB and no further', async () => {
    const [dora, other] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: dora });
    const stage = (by: Person): Promise<Answer> =>
      by.post(`/api/tickets/${id}/attachments`, form({}, [{ bytes: pdf({ size: 5_000 }), name: 'a.pdf' }], 'file'));
    const first = expectStatus(201, await stage(dora)).body;
    // As if it were larger: sending so much would only take time.
    await api.rows('UPDATE attachments SET size = ? WHERE id = ?', [100 * MB - 5_000, first.id]);
    expectStatus(201, await stage(dora));
    const before = await bytes();
    const refused = await stage(dora);
    expect(refused).toMatchObject(problem(413, 'too-large'));
    expect(refused.body.detail).toContain('100 MB');
    expect(await bytes()).toEqual(before);
    expectStatus(201, await stage(other));
    await api.given.message(dora, id, { attachmentIds: [first.id] });
    expectStatus(201, await stage(dora));
  });
});

const fullDisk = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
