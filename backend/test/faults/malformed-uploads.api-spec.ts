import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Settings } from '../../src/config';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { png } from '../support/files';
import { RawConnection } from '../support/raw-connection';
import { until } from '../support/until';

const BOUNDARY = 'a-boundary-of-this-test';

interface PartOf {
  headers: string[];
  body?: string | Buffer;
}

const disposition = (rest: string): string => `Content-Disposition: form-data; ${rest}`;
const field = (name: string, value: string): PartOf => ({ headers: [disposition(`name="${name}"`)], body: value });
const part = ({ headers, body = '' }: PartOf): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n${headers.join('\r\n')}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from(`--${BOUNDARY}--\r\n`);
const TICKET = [field('subject', 'A form'), field('description', 'Built by hand.')];
const body = (...parts: PartOf[]): Buffer => Buffer.concat([...parts.map(part), END]);

describe('a malformed form', () => {
  const api = testApi();
  let cora: Person;
  let picture: Buffer;
  let errors: jest.SpyInstance;
  beforeAll(async () => {
    cora = await api.given.customer();
    picture = await png();
  });
  beforeEach(() => (errors = jest.spyOn(Logger.prototype, 'error')));
  afterEach(() => errors.mockRestore());

  const file = (
    rest = 'name="attachments"; filename="a.png"',
    more: string[] = ['Content-Type: image/png'],
  ): PartOf => ({
    headers: [disposition(rest), ...more],
    body: picture,
  });

  const leftovers = (): Promise<string[]> => readdir(join(api.part(Settings).dataDir, 'tmp'));

  async function expectNothingLeft(): Promise<void> {
    await until('nothing is left', async () => (await leftovers()).length === 0);
    expectStatus(200, await cora.get('/api/me'));
    expect(errors).not.toHaveBeenCalled();
  }

  const send = (bytes: Buffer, type = `multipart/form-data; boundary=${BOUNDARY}`) =>
    cora.post('/api/tickets', bytes, { 'content-type': type });

  it.each<[what: string, bytes: () => Buffer, type?: string]>([
    ['nothing at all', () => Buffer.alloc(0)],
    ['only an end', () => END],
    ['no boundary', () => body(...TICKET), 'multipart/form-data'],
    ['an empty boundary', () => body(...TICKET), 'multipart/form-data; boundary='],
    ['another boundary', () => body(...TICKET), 'multipart/form-data; boundary=other'],
    ['a boundary of 10,000 characters', () => body(...TICKET), `multipart/form-data; boundary=${'x'.repeat(10_000)}`],
    ['no end', () => Buffer.concat([...TICKET.map(part), part(file())])],
    ['half a file', () => Buffer.concat([...TICKET.map(part), part(file()).subarray(0, 160)])],
    ['a part without a blank line', () => Buffer.from(`--${BOUNDARY}\r\n${disposition('name="subject"')}`)],
    ['a part without headers', () => body(...TICKET, { headers: [] })],
    ['a part without a name', () => body(...TICKET, { headers: [disposition('x="y"')], body: 'z' })],
    ['a file without a field', () => body(...TICKET, file('filename="a.png"'))],
    [
      'another multipart inside',
      () => body(...TICKET, file(undefined, ['Content-Type: multipart/mixed; boundary=inner'])),
    ],
    ['a header of 100 KB', () => body(...TICKET, file(undefined, [`X-A: ${'x'.repeat(100_000)}`]))],
    ['5,000 headers', () => body(...TICKET, file(undefined, Array<string>(5_000).fill('X-A: b')))],
    ['10,000 parts', () => body(...TICKET, ...Array<PartOf>(10_000).fill(field('x', 'y')))],
    [
      '10,000 files',
      () =>
        body(
          ...TICKET,
          ...Array<PartOf>(10_000).fill({ headers: [disposition('name="attachments"; filename="a.png"')] }),
        ),
    ],
    ['a name of 100 KB', () => body(...TICKET, field('x'.repeat(100_000), 'y'))],
    ['names in brackets', () => body(...TICKET, field('a[b][c][d][e]', 'y'))],
    ['an index beyond all', () => body(...TICKET, field('tags[99999999]', 'y'))],
    ['a constructor for a name', () => body(...TICKET, field('constructor[prototype][role]', 'admin'))],
    ['a field twice', () => body(...TICKET, field('subject', 'Another'))],
    ['a value of 1 MB', () => body(...TICKET, field('tags', 'x'.repeat(1_048_576)))],
    ['words behind the end', () => Buffer.concat([body(field('subject', '')), Buffer.from('and more')])],
    ['text that is no form', () => Buffer.from('{"subject":"a","description":"b"}')],
    ['the type of a mail', () => body(...TICKET), 'multipart/mixed'],
  ])('(%s) is refused, and leaves nothing', async (_what, bytes, ...[type]) => {
    const answer = await send(bytes(), type);
    expect([400, 413, 415]).toContain(answer.status);
    expect(answer).toMatchObject({ type: 'application/problem+json', body: { code: expect.any(String) } });
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    await expectNothingLeft();
  });

  it.each([
    ['in another form, too', 'name="attachments"; filename="a.png"; filename*=UTF-8\'\'..%2f..%2fetc%2fpasswd.png'],
    ['in another form only', 'name="attachments"; filename*=UTF-8\'\'%00a.png'],
    ['in letters that do not exist', 'name="attachments"; filename*=klingon\'\'a.png'],
    ['in a broken form', 'name="attachments"; filename*=UTF-8\'\'%zz%E0%A4.png'],
    ['in two forms', 'name="attachments"; filename="a.png"; filename="../../b.png"'],
    ['without an end', 'name="attachments"; filename="a.png'],
    ['of 10,000 letters', `name="attachments"; filename="${'x'.repeat(10_000)}.png"`],
  ])('that names its file %s leads nowhere', async (_what, rest) => {
    const answer = await send(body(...TICKET, file(rest)));
    expect([201, 400, 415]).toContain(answer.status);
    for (const { filename } of answer.body.attachments ?? []) {
      expect(filename).not.toMatch(/[/\\\0]|\.\./);
      expect(filename.length).toBeLessThanOrEqual(255);
    }
    await expectNothingLeft();
  });

  it('with a prototype for a name changes nobody', async () => {
    const answer = await send(body(...TICKET, field('__proto__', 'y'), field('__proto__[role]', 'admin')));
    expect([201, 400]).toContain(answer.status);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    expect((await cora.get('/api/me')).body.role).toBe('customer');
    await expectNothingLeft();
  });

  it('in a preamble and with odd line ends is refused or taken, and leaves nothing', async () => {
    const whole = body(...TICKET, file());
    for (const bytes of [
      Buffer.concat([Buffer.from('Hello\r\n'), whole]),
      Buffer.from(whole.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    ])
      expect([201, 400, 415]).toContain((await send(bytes)).status);
    await expectNothingLeft();
  });

  it('that its sender gives up half-way leaves nothing', async () => {
    const whole = body(...TICKET, file(), file());
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const connection = await RawConnection.to(api.url);
      const headers = [
        'POST /api/tickets HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${cora.signIn.accessToken}`,
        `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
        `Content-Length: ${whole.length}`,
      ];
      connection.send(`${headers.join('\r\n')}\r\n\r\n`);
      connection.send(whole.subarray(0, Math.floor(whole.length * share)));
      await connection.answer(150);
      connection.destroy();
    }
    await expectNothingLeft();
    const { body: tickets } = await cora.get('/api/tickets?q=half-way');
    expect(tickets).toEqual([]);
  });
});
