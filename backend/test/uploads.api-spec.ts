import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, jpeg, oddlyNamed, pdf, photoWithMetadata, png, type Part } from './support/files';

const IMAGE_MAX = 60_000;
const PDF_MAX = 90_000;
const api = testApi({ env: { IMAGE_MAX_BYTES: String(IMAGE_MAX), PDF_MAX_BYTES: String(PDF_MAX) } });

const input = { subject: 'Blank pages', description: 'See the picture.' };
const create = (by: Person, files: Part[], fields = {}): Promise<Answer> =>
  by.post('/api/tickets', form({ ...input, ...fields }, files));
const namesOf = ({ body }: Answer): string[] => body.attachments.map(({ filename }: { filename: string }) => filename);

async function stage(by: Person, ticketId: number, file: Part): Promise<Answer> {
  return by.post(`/api/tickets/${ticketId}/attachments`, form({}, [file], 'file'));
}

async function countOf(by: Person): Promise<number> {
  return (await by.get('/api/tickets/counts')).body.all;
}

describe('files of a new ticket', () => {
  it('are pictures and documents, told by their content', async () => {
    const cora = await api.given.customer();
    const answer = await create(cora, [
      { bytes: await png(), name: 'a.png', type: 'image/png' },
      { bytes: await jpeg(), name: 'b.JPG', type: 'image/jpeg' },
      { bytes: await jpeg(), name: 'c.jpeg', type: 'image/pjpeg' },
      { bytes: pdf(), name: 'd.pdf', type: 'application/pdf' },
      { bytes: pdf(), name: 'e.pdf', type: 'application/octet-stream' },
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body.attachments.map(({ mediaType }: { mediaType: string }) => mediaType)).toEqual([
      'image/png',
      'image/jpeg',
      'image/jpeg',
      'application/pdf',
      'application/pdf',
    ]);
  });

  it('come with all fields of the ticket, and in a field called attachments[] too', async () => {
    const agent = await api.given.agent();
    const { body: categories } = await agent.get('/api/categories');
    const fields = { categoryId: categories[0].id, priority: 'high', tags: ['a', 'b'] };
    const files = [{ bytes: await png(), name: 'a.png', type: 'image/png' }];
    const answer = await agent.post('/api/tickets', form({ ...input, ...fields }, files, 'attachments[]'));
    expect(answer).toMatchObject({
      status: 201,
      body: {
        priority: 'high',
        tags: ['a', 'b'],
        category: { id: categories[0].id },
        attachments: [{ filename: 'a.png' }],
      },
    });
    const empty = await agent.post('/api/tickets', form({ ...input, categoryId: '', priority: '', tags: 'one' }));
    expect(empty).toMatchObject({ status: 201, body: { category: null, priority: 'medium', tags: ['one'] } });
  });

  const exe = Buffer.from('MZ\x90\x00\x03\x00\x00\x00 a program');
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const REFUSED: [string, () => Part | Promise<Part>][] = [
    ['a program called .png', () => ({ bytes: exe, name: 'a.png', type: 'image/png' })],
    ['a page called .jpg', () => ({ bytes: html, name: 'a.jpg', type: 'image/jpeg' })],
    ['a drawing called .png', () => ({ bytes: svg, name: 'a.png', type: 'image/png' })],
    ['a drawing', () => ({ bytes: svg, name: 'a.svg', type: 'image/svg+xml' })],
    ['text called .pdf', () => ({ bytes: Buffer.from('just text'), name: 'a.pdf', type: 'application/pdf' })],
    ['a GIF', () => ({ bytes: Buffer.from('GIF89a rest'), name: 'a.gif', type: 'image/gif' })],
    ['a WebP', () => ({ bytes: Buffer.from('RIFF0000WEBPVP8 '), name: 'a.webp', type: 'image/webp' })],
    ['an archive', () => ({ bytes: Buffer.from('PK\x03\x04 rest'), name: 'a.zip', type: 'application/zip' })],
    ['an empty file', () => ({ bytes: Buffer.alloc(0), name: 'a.png', type: 'image/png' })],
    [
      'a script behind a PNG header',
      async () => ({
        bytes: Buffer.concat([(await png()).subarray(0, 8), Buffer.from('<?php system($_GET[0]); ?>')]),
        name: 'a.png',
        type: 'image/png',
      }),
    ],
    ['half a picture', async () => ({ bytes: (await png()).subarray(0, 60), name: 'a.png', type: 'image/png' })],
    [
      'half a document',
      () => ({ bytes: pdf({ size: 4_000 }).subarray(0, 3_000), name: 'a.pdf', type: 'application/pdf' }),
    ],
    ['a PNG called .jpg', async () => ({ bytes: await png(), name: 'a.jpg', type: 'image/jpeg' })],
    ['a PNG sent as a JPEG', async () => ({ bytes: await png(), name: 'a.png', type: 'image/jpeg' })],
    ['a PNG sent as a page', async () => ({ bytes: await png(), name: 'a.png', type: 'text/html' })],
    ['a PNG called .pht', async () => ({ bytes: await png(), name: 'a.pht', type: 'image/png' })],
    ['a PNG called .htaccess', async () => ({ bytes: await png(), name: '.htaccess', type: 'image/png' })],
    ['a PNG called .png.html', async () => ({ bytes: await png(), name: 'a.png.html', type: 'image/png' })],
    ['a PNG called .html%00.png', async () => ({ bytes: await png(), name: 'a.html%00.png', type: 'image/png' })],
  ];

  it.each(REFUSED)('are not %s, and nothing is stored', async (_what, file) => {
    const cora = await api.given.customer();
    const good = { bytes: await png(), name: 'good.png', type: 'image/png' };
    const answer = await create(cora, [good, await file()]);
    expect(answer).toMatchObject(problem(415, 'unsupported-media', { errors: [{ path: 'attachments' }] }));
    expect(await countOf(cora)).toBe(0);
  });

  it('are at most 3 pictures and 2 documents', async () => {
    const cora = await api.given.customer();
    const picture = { bytes: await png(), name: 'a.png', type: 'image/png' };
    const document = { bytes: pdf(), name: 'b.pdf', type: 'application/pdf' };
    const send = (pictures: number, documents: number) =>
      create(cora, [
        ...Array.from({ length: pictures }, () => picture),
        ...Array.from({ length: documents }, () => document),
      ]);
    for (const [pictures, documents] of [
      [0, 0],
      [3, 0],
      [0, 2],
      [3, 2],
    ])
      expect((await send(pictures, documents)).body.attachments).toHaveLength(pictures + documents);
    const before = await countOf(cora);
    for (const [pictures, documents] of [
      [4, 0],
      [0, 3],
      [3, 3],
      [4, 2],
    ])
      expect(await send(pictures, documents)).toMatchObject(invalid('attachments'));
    expect(await countOf(cora)).toBe(before);
  });

  it('may be exactly as large as the limit', async () => {
    const cora = await api.given.customer();
    const answer = await create(cora, [
      { bytes: await png({ size: IMAGE_MAX }), name: 'a.png', type: 'image/png' },
      { bytes: await jpeg({ size: IMAGE_MAX }), name: 'b.jpg', type: 'image/jpeg' },
      { bytes: pdf({ size: PDF_MAX }), name: 'c.pdf', type: 'application/pdf' },
    ]);
    expect(answer).toMatchObject({ status: 201, body: { attachments: [{}, {}, { size: PDF_MAX }] } });
  });

  it.each([
    ['a picture', async () => ({ bytes: await png({ size: IMAGE_MAX + 1 }), name: 'a.png', type: 'image/png' })],
    ['a photo', async () => ({ bytes: await jpeg({ size: IMAGE_MAX + 1 }), name: 'a.jpg', type: 'image/jpeg' })],
    ['a document', async () => ({ bytes: pdf({ size: PDF_MAX + 1 }), name: 'a.pdf', type: 'application/pdf' })],
  ])('are refused when %s has one byte more, and nothing is stored', async (_what, file) => {
    const cora = await api.given.customer();
    expect(await create(cora, [await file()])).toMatchObject(problem(413, 'too-large'));
    expect(await countOf(cora)).toBe(0);
  });

  it('are refused by their size also when no length is announced', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const { body, headers } = oddlyNamed('a.pdf', pdf({ size: PDF_MAX * 4 }), 'application/pdf');
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < body.length; at += 10_000) controller.enqueue(body.subarray(at, at + 10_000));
        controller.close();
      },
    });
    const answer = await cora.post(`/api/tickets/${id}/attachments`, chunks, headers);
    expect(answer).toMatchObject(problem(413, 'too-large'));
  });

  it('lose their metadata and keep their size in pixels', async () => {
    const cora = await api.given.customer();
    const photo = await photoWithMetadata();
    expect(photo.includes('Cora Example')).toBe(true);
    const { body } = await create(cora, [{ bytes: photo, name: 'home.jpg', type: 'image/jpeg' }]);
    const stored = await cora.get(body.attachments[0].url);
    expect(stored.body.includes('Cora Example')).toBe(false);
    expect(stored.body).toHaveLength(body.attachments[0].size);
    expect(body.attachments[0]).toMatchObject({ width: 40, height: 30 });
  });

  it('are refused in other fields, and broken forms leave nothing', async () => {
    const cora = await api.given.customer();
    const file = { bytes: await png(), name: 'a.png', type: 'image/png' };
    expect(await cora.post('/api/tickets', form(input, [file], 'avatar'))).toMatchObject(invalid('avatar'));
    expect(await create(cora, [file], { role: 'admin' })).toMatchObject(invalid('role'));
    expect(await create(cora, [file], { subject: '' })).toMatchObject(invalid('subject'));
    const headers = { 'content-type': 'multipart/form-data; boundary=never' };
    expect((await cora.post('/api/tickets', 'no form at all', headers)).status).toBe(400);
    expect((await cora.post('/api/tickets', '', { 'content-type': 'multipart/form-data' })).status).toBe(400);
    expect(await countOf(cora)).toBe(0);
  });
});

describe('the least number of pictures', () => {
  const strict = testApi({ env: { TICKET_MIN_IMAGES: '1' } });

  it('binds customers, also when they send JSON, and not staff', async () => {
    const [cora, agent] = [await strict.given.customer(), await strict.given.agent()];
    expect(await cora.post('/api/tickets', input)).toMatchObject(invalid('attachments'));
    const document = { bytes: pdf(), name: 'a.pdf', type: 'application/pdf' };
    expect(await create(cora, [document])).toMatchObject(invalid('attachments'));
    expectStatus(201, await create(cora, [{ bytes: await png(), name: 'a.png', type: 'image/png' }]));
    expectStatus(201, await agent.post('/api/tickets', input));
  });
});

describe('the number of uploads', () => {
  // A tenth of the usual rates.
  const slow = testApi({ env: { RATE_LIMIT_SCALE: '0.1' } });

  it('of one person is limited by the hour, without reading what is over it', async () => {
    const [cora, agent] = [await slow.given.customer(), await slow.given.agent()];
    const { id } = await slow.given.ticket({ by: cora });
    const file = { bytes: pdf(), name: 'a.pdf', type: 'application/pdf' };
    for (let count = 0; count < 6; count += 1) expectStatus(201, await stage(cora, id, file));
    const refused = await stage(cora, id, file);
    expect(refused).toMatchObject(problem(429, 'rate-limited'));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
    expectStatus(201, await stage(agent, id, file));
    expect(await slow.rows('SELECT id FROM attachments')).toHaveLength(7);
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd.png', 'passwd.png'],
    ['..\\\\..\\\\x.png', 'x.png'],
    ['/absolute/path.png', 'path.png'],
    ['C:\\\\Users\\\\cora\\\\shot.png', 'shot.png'],
    ['con.png', '_con.png'],
    ['-rf.png', 'rf.png'],
    ['photo\u202egnp.png', 'photognp.png'],
    ['%22><svg onload=alert(1)>.png', '___svg onload=alert(1)_.png'],
    ['ünïcode 日本.png', 'ünïcode 日本.png'],
    ['noextension', 'noextension.png'],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(251)}.png`],
  ])('%j is shown as %j', async (sent, shown) => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const { body, headers } = oddlyNamed(sent, await png(), 'image/png');
    const answer = await cora.post(`/api/tickets/${id}/attachments`, body, headers);
    expect(answer).toMatchObject({ status: 201, body: { filename: shown } });
    const file = await cora.get(answer.body.url);
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toMatch(
      /^inline; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.!~*'()%-]+$/,
    );
  });

  it('with a line break or NUL in it splits no header', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    for (const name of ['a\r\nX-Injected: yes\r\n.png', 'a\0b.png', 'a\nb.png']) {
      const { body, headers } = oddlyNamed(name, await png(), 'image/png');
      const answer = await cora.post(`/api/tickets/${id}/attachments`, body, headers);
      expect([201, 400, 415]).toContain(answer.status);
      if (answer.status !== 201) continue;
      expect(answer.body.filename).not.toMatch(/[\0\r\n]/);
      expect((await cora.get(answer.body.url)).headers).not.toHaveProperty('x-injected');
    }
  });
});

describe('a staged file', () => {
  it('is one file, sent as a form', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const file = { bytes: await png(), name: 'a.png', type: 'image/png' };
    expect(await stage(cora, id, file)).toMatchObject({
      status: 201,
      body: { filename: 'a.png', thumbnailUrl: expect.any(String) },
    });
    const path = `/api/tickets/${id}/attachments`;
    expect(await cora.post(path, form({}, [file, file], 'file'))).toMatchObject(invalid('file'));
    expect(await cora.post(path, form({}, [file], 'attachments'))).toMatchObject(invalid('attachments'));
    expect(await cora.post(path, form({ file: 'text' }))).toMatchObject(invalid('file'));
    expect(await cora.post(path, { file: 'text' })).toMatchObject(invalid('file'));
    expect(await cora.post(path)).toMatchObject(invalid('file'));
  });

  it('is refused before it is read when the ticket is not the caller’s', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const { id } = await api.given.ticket({ by: cora });
    const huge = { bytes: pdf({ size: PDF_MAX + 1 }), name: 'a.pdf', type: 'application/pdf' };
    expect(await stage(other, id, huge)).toMatchObject(problem(403, 'forbidden'));
    expect(await stage(other, 999_999, huge)).toMatchObject(problem(403, 'forbidden'));
    expect(await stage(await api.given.agent(), 999_999, huge)).toMatchObject(problem(404, 'not-found'));
  });

  it('is seen by nobody but its uploader until a message names it', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const { body: staged } = await stage(cora, id, { bytes: await png(), name: 'a.png', type: 'image/png' });
    const path = `/api/attachments/${staged.id}`;
    expect((await cora.get(path)).status).toBe(200);
    expect(await agent.get(path)).toMatchObject(problem(403, 'forbidden'));
    expect((await agent.get(`/api/tickets/${id}`)).body.attachments).toEqual([]);
    expect((await agent.get(`/api/tickets/${id}/events`)).body).toHaveLength(1);
    await api.given.message(cora, id, { attachmentIds: [staged.id] });
    expect((await agent.get(path)).status).toBe(200);
  });

  it('can be a PDF in a message, like those of a ticket', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const { body: staged } = await stage(agent, id, { bytes: pdf(), name: 'manual.pdf', type: 'application/pdf' });
    const said = await api.given.message(agent, id, { kind: 'comment', attachmentIds: [staged.id] });
    expect(namesOf({ body: said } as Answer)).toEqual(['manual.pdf']);
    expect(said.attachments[0]).not.toHaveProperty('thumbnailUrl');
  });
});
