import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../src/common';
import { Settings } from '../src/config';
import { aMessage, expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, pdf, png } from './support/files';
import { until } from './support/until';

const api = testApi();
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
};
const SIZE = 10_000;

async function withFiles(by: Person): Promise<{ picture: Answer['body']; document: Answer['body'] }> {
  const files = [
    { bytes: await png({ width: 900, height: 600 }), name: 'a.png', type: 'image/png' },
    { bytes: pdf({ size: SIZE }), name: 'b.pdf', type: 'application/pdf' },
  ];
  const { body } = expectStatus(201, await by.post('/api/tickets', form({ subject: 'a', description: 'b' }, files)));
  const [picture, document] = body.attachments;
  return { picture, document };
}

describe('a part of a file', () => {
  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=9990-', 9_990, 9_999],
    ['bytes=9990-99999', 9_990, 9_999],
    ['bytes=-10', 9_990, 9_999],
    ['bytes=-99999', 0, 9_999],
  ])('for %s is that part', async (range, start, end) => {
    const cora = await api.given.customer();
    const { document } = await withFiles(cora);
    const answer = await cora.get(document.url, { range });
    expect(answer).toMatchObject({
      status: 206,
      type: 'application/pdf',
      headers: {
        ...SAFE,
        'content-range': `bytes ${start}-${end}/${SIZE}`,
        'content-length': String(end - start + 1),
        'content-disposition': expect.stringMatching(/^attachment/),
      },
    });
    expect(answer.body.equals(pdf({ size: SIZE }).subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=0-1,5-9', 'bytes=9-2', 'lines=1-2', 'bytes=x-', 'bytes'])('is the whole for %s', async (range) => {
    const cora = await api.given.customer();
    const { document } = await withFiles(cora);
    const answer = await cora.get(document.url, { range });
    expect(answer).toMatchObject({ status: 200, headers: { ...SAFE, 'accept-ranges': 'bytes' } });
    expect(answer.headers).not.toHaveProperty('content-range');
    expect(answer.body).toHaveLength(SIZE);
  });

  it('is the whole under a condition, because files never change', async () => {
    const cora = await api.given.customer();
    const { document } = await withFiles(cora);
    const answer = await cora.get(document.url, { range: 'bytes=0-1', 'if-range': '"a-tag"' });
    expect([answer.status, answer.body.length]).toEqual([200, SIZE]);
  });

  it('that does not exist is refused with the size of the whole', async () => {
    const cora = await api.given.customer();
    const { picture, document } = await withFiles(cora);
    for (const range of [`bytes=${SIZE}-`, 'bytes=-0'])
      expect(await cora.get(document.url, { range })).toMatchObject({
        ...problem(416, 'range-not-satisfiable'),
        headers: { ...SAFE, 'content-range': `bytes */${SIZE}` },
      });
    expect((await cora.get(picture.thumbnailUrl, { range: 'bytes=9999999-' })).status).toBe(416);
  });

  it('of a thumbnail is sent too', async () => {
    const cora = await api.given.customer();
    const { picture } = await withFiles(cora);
    const whole = (await cora.get(picture.thumbnailUrl)).body;
    const answer = await cora.get(picture.thumbnailUrl, { range: 'bytes=0-11' });
    expect(answer).toMatchObject({ status: 206, type: 'image/webp', headers: SAFE });
    expect(answer.body.equals(whole.subarray(0, 12))).toBe(true);
  });
});

describe('the head of a file', () => {
  it('says what the file would, without it, to those who may have it', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const { picture, document } = await withFiles(cora);
    for (const { id, url, mediaType, size } of [picture, document])
      for (const answer of [
        await cora.send('HEAD', `/api/attachments/${id}`),
        await api.anyone.send('HEAD', url),
        await cora.send('HEAD', url, undefined, { range: 'bytes=0-1' }),
      ])
        expect(answer).toMatchObject({
          status: 200,
          type: mediaType,
          headers: { ...SAFE, 'content-length': String(size), 'accept-ranges': 'bytes' },
          body: undefined,
        });
    expect(await cora.send('HEAD', picture.thumbnailUrl)).toMatchObject({ status: 200, type: 'image/webp' });
    expect((await other.send('HEAD', `/api/attachments/${picture.id}`)).status).toBe(403);
    expect((await api.anyone.send('HEAD', `/api/attachments/${picture.id}`)).status).toBe(401);
    expect((await cora.send('HEAD', `/api/attachments/${newId()}`)).status).toBe(404);
  });
});

describe('a refused download', () => {
  it('lets as little run as a granted one', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const { picture, document } = await withFiles(cora);
    const refusals: [number, Promise<Answer>][] = [
      [401, api.anyone.get(`/api/attachments/${picture.id}`)],
      [401, api.anyone.get(`/api/attachments/${picture.id}/thumbnail?signature=<script>`)],
      [403, other.get(`/api/attachments/${picture.id}`)],
      [404, cora.get(`/api/attachments/${newId()}`)],
      [404, cora.get(`/api/attachments/${document.id}/thumbnail`)],
      [400, cora.get('/api/attachments/%3Cscript%3E')],
    ];
    for (const [status, answer] of refusals)
      expect(await answer).toMatchObject({ status, type: 'application/problem+json', headers: SAFE });
  });
});

describe('the name of a download', () => {
  it.each([
    ['résumé.pdf', `filename="r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`],
    ['日本語.pdf', `filename="___.pdf"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.pdf`],
    ['مستند.pdf', `filename="_____.pdf"; filename*=UTF-8''%D9%85%D8%B3%D8%AA%D9%86%D8%AF.pdf`],
    ['😀 ok.pdf', `filename="__ ok.pdf"; filename*=UTF-8''%F0%9F%98%80%20ok.pdf`],
    [
      `50% 'off'; (new)*.pdf`,
      `filename="50_ 'off'; (new)_.pdf"; filename*=UTF-8''50%25%20%27off%27%3B%20%28new%29_.pdf`,
    ],
  ])('%s is told to old and new browsers', async (name, header) => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const file = form({}, [{ bytes: pdf(), name, type: 'application/pdf' }], 'file');
    const { body } = expectStatus(201, await cora.post(`/api/tickets/${id}/attachments`, file));
    expect((await cora.get(body.url)).headers['content-disposition']).toBe(`attachment; ${header}`);
  });
});

describe('a file of a message', () => {
  const stored = async (): Promise<string[]> =>
    (await readdir(join(api.part(Settings).dataDir, 'files'), { recursive: true })).filter((name) => name.length > 2);
  const upload = async (by: Person, ticketId: number, headers = {}): Promise<Answer> => {
    const file = { bytes: await png(), name: 'a.png', type: 'image/png' };
    return by.post(`/api/tickets/${ticketId}/attachments`, form({}, [file], 'file'), headers);
  };

  it('goes with it: links end at once, also the signed ones, and the bytes soon', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    await upload(cora, id);
    const before = await stored();
    const { body: file } = expectStatus(201, await upload(cora, id));
    const said = await api.given.message(cora, id, { attachmentIds: [file.id] });
    const links = [file.url, file.thumbnailUrl, said.attachments[0].url, `/api/attachments/${file.id}`];
    for (const link of links) expectStatus(200, await cora.get(link));
    expectStatus(200, await agent.delete(`/api/tickets/${id}/messages/${said.id}`));
    for (const link of links) {
      expect(await cora.get(link)).toMatchObject(problem(404, 'not-found'));
      expect((await cora.send('HEAD', link)).status).toBe(404);
      expect((await cora.get(link, { range: 'bytes=0-1' })).status).toBe(404);
    }
    await until('the bytes are gone', async () => (await stored()).length === before.length);
  });

  it('uploaded twice at once with one key is one file', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const key = { 'idempotency-key': newId() };
    const answers = await Promise.all([upload(cora, id, key), upload(cora, id, key), upload(cora, id, key)]);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThanOrEqual(1);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.code]).toEqual([409, 'in-progress']);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(expectStatus(201, await upload(cora, id, key)).body.id).toBe(made[0].body.id);
    expect(await api.rows('SELECT id FROM attachments WHERE ticketNumber = ?', [id])).toHaveLength(1);
  });

  it('that two messages name at once belongs to one of them', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const { body: file } = expectStatus(201, await upload(cora, id));
    const send = () => cora.post(`/api/tickets/${id}/messages`, aMessage({ attachmentIds: [file.id] }));
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400]);
    const { body: messages } = await cora.get(`/api/tickets/${id}/messages`);
    expect(messages.map(({ attachments }: { attachments: unknown[] }) => attachments.length)).toEqual([1]);
  });
});
