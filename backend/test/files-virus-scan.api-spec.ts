import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../src/common';
import { Settings } from '../src/config';
import { aMessage, Api, expectStatus, problem, type Answer, type Person } from './support/api-client';
import { EICAR, FakeClamd } from './support/fake-clamd';
import { form, jpegWithComment, pdf, png, type Part } from './support/files';
import { until } from './support/until';

describe('uploads where a virus scanner is set up', () => {
  let clamd: FakeClamd;
  let api: Api;
  let cora: Person;
  let ticketId: number;

  beforeAll(async () => {
    clamd = await FakeClamd.start();
    api = new Api({ env: { CLAMD_URL: clamd.url } });
    await api.start();
    cora = await api.given.customer();
    ({ id: ticketId } = await api.given.ticket({ by: cora }));
  });

  afterAll(async () => {
    await api.stop();
    await clamd.stop();
  });

  beforeEach(() => {
    clamd.mood = 'scanning';
  });

  const stage = (file: Part, headers = {}): Promise<Answer> =>
    cora.post(`/api/tickets/${ticketId}/attachments`, form({}, [file], 'file'), headers);
  const clean = async (): Promise<Part> => ({ bytes: await png(), name: 'a.png', type: 'image/png' });
  const stored = async (): Promise<string[]> => {
    const names = await readdir(join(api.part(Settings).dataDir, 'files'), { recursive: true }).catch(() => []);
    return names.filter((name) => name.length > 2);
  };
  const temporary = (): Promise<string[]> => readdir(join(api.part(Settings).dataDir, 'tmp'));

  it('are stored when nothing is found, every byte of them scanned', async () => {
    const { bytes, name, type } = { bytes: pdf({ size: 3_000_000 }), name: 'a.pdf', type: 'application/pdf' };
    expectStatus(201, await stage({ bytes, name, type }));
    expect(clamd.scanned.at(-1)).toBe(bytes.length);
    const picture = await clean();
    expectStatus(201, await stage(picture));
    expect(clamd.scanned.at(-1)).toBe(picture.bytes.length);
  });

  it.each([
    ['a document', () => ({ bytes: pdf({ comment: EICAR }), name: 'a.pdf', type: 'application/pdf' })],
    ['a picture', async () => ({ bytes: await jpegWithComment(EICAR), name: 'a.jpg', type: 'image/jpeg' })],
  ])('are refused when something is found in %s, and not stored', async (_what, file) => {
    const before = await stored();
    const part = await file();
    expect(await stage(part)).toMatchObject(problem(415, 'infected', { errors: [{ path: 'file' }] }));
    const ticket = form({ subject: 'a', description: 'b' }, [await clean(), part]);
    expect(await cora.post('/api/tickets', ticket)).toMatchObject(problem(415, 'infected'));
    expect(await stored()).toEqual(before);
    await until('no temporary file is left', async () => !(await temporary()).length);
  });

  it.each(['hanging', 'closing early', 'refusing the size', 'talking nonsense'] as const)(
    'are unavailable while the scanner is %s',
    async (mood) => {
      clamd.mood = mood;
      const before = await stored();
      const since = Date.now();
      const answer = await stage(await clean());
      expect(Date.now() - since).toBeLessThan(15_000);
      expect(answer).toMatchObject({ ...problem(503, 'unavailable'), headers: { 'retry-after': '3' } });
      expect(await stored()).toEqual(before);
      await until('no temporary file is left', async () => !(await temporary()).length);
    },
    40_000,
  );

  it('are unavailable while the scanner is away, the talk goes on, and both are back with it', async () => {
    const key = { 'idempotency-key': newId() };
    const file = await clean();
    await clamd.stop();
    expect(await stage(file, key)).toMatchObject(problem(503, 'unavailable'));
    expectStatus(201, await cora.post(`/api/tickets/${ticketId}/messages`, aMessage()));
    await clamd.comeBack();
    expectStatus(201, await stage(file, key));
  });
});
