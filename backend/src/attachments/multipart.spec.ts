import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Request, type Response } from 'express';
import sharp from 'sharp';
import { DomainError, SystemClock } from '../common';
import type { Settings } from '../config';
import { DiskSpace } from './disk-space';
import { FileReceiver, type ReceivedFile } from './file-receiver';
import { LocalFileStore } from './local-file-store';
import { Multipart } from './multipart';
import { Pictures } from './pictures';
import { FilePreparer, type PreparedFile } from './prepared-file';
import { TempFiles } from './temp-files';
import { NoVirusScanner } from './virus-scanner';

const IMAGE_MAX_BYTES = 60_000;
const PDF_MAX_BYTES = 80_000;

const pdfOf = (size: number): Buffer => {
  const tail = '\nstartxref\n9\n%%EOF\n';
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9 - tail.length, 'x'), Buffer.from(tail)]);
};
/** A picture of exactly `size` bytes: what follows the end of a PNG is ignored by readers, and dropped by us. */
const padded = (picture: Buffer, size: number): Buffer => Buffer.concat([picture, Buffer.alloc(size - picture.length)]);
const named = (bytes: Buffer | string, name: string, type: string): File =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name, { type });

interface Answer {
  status: number;
  detail?: string;
  errors?: { path: string; message: string }[];
  files?: Pick<ReceivedFile, 'filename' | 'mediaType' | 'size'>[];
  prepared?: PreparedFile[];
  body?: Record<string, unknown>;
}

describe('an upload', () => {
  const pictures = new Pictures();
  let dataDir: string;
  let server: Server;
  let origin: string;
  let store: LocalFileStore;
  let png: Buffer;
  let jpeg: Buffer;

  beforeAll(async () => {
    const base = sharp({ create: { width: 600, height: 400, channels: 3, background: '#3d4fd6' } });
    png = await base.clone().png().toBuffer();
    jpeg = await base
      .clone()
      .withExif({ IFD0: { Artist: 'Secret Person' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
  });

  afterAll(() => pictures.onApplicationShutdown());

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-files-'));
    const files = {
      minImages: 0,
      maxImages: 3,
      maxPdfs: 2,
      imageMaxBytes: IMAGE_MAX_BYTES,
      pdfMaxBytes: PDF_MAX_BYTES,
    };
    const settings = { dataDir, files } as Settings;
    const tempFiles = new TempFiles(settings, new SystemClock(), new DiskSpace());
    await tempFiles.onModuleInit();
    store = new LocalFileStore(settings);
    const preparer = new FilePreparer(store, tempFiles, pictures, new NoVirusScanner());
    const receiver = new FileReceiver(settings, tempFiles);
    const multipart = new Multipart(receiver, tempFiles, store);
    const handle = async (request: Request, response: Response): Promise<void> => {
      try {
        const counts = { field: 'attachments', maxPictures: 3, maxDocuments: 2, maxFiles: 5 } as const;
        const received = await multipart.read(request, response, counts);
        const prepared: PreparedFile[] = [];
        try {
          for (const file of received) prepared.push(await preparer.prepare(file));
        } finally {
          await receiver.discard(received);
        }
        response.status(201).json({ files: received, prepared, body: request.body as unknown });
      } catch (error) {
        const { status, message, errors } = error as DomainError;
        if (!(error instanceof DomainError)) throw error;
        response.status(status).json({ detail: message, errors });
      }
    };
    server = createServer(express().post('/', (request, response) => void handle(request, response)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(dataDir, { recursive: true });
  });

  const send = async (files: File[], field = 'attachments'): Promise<Answer> => {
    const form = new FormData();
    form.set('subject', 'Hëllo');
    for (const file of files) form.append(field, file);
    const response = await fetch(origin, { method: 'POST', body: form });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const temporary = (): string[] => readdirSync(join(dataDir, 'tmp'));

  it('takes pictures and documents, and the fields beside them', async () => {
    const answer = await send([
      named(png, 'Bildschirm ä.png', 'image/png'),
      named(jpeg, 'photo.JPEG', 'image/jpeg'),
      named(pdfOf(500), 'invoice.pdf', 'application/octet-stream'),
    ]);
    expect(answer).toMatchObject({
      status: 201,
      body: { subject: 'Hëllo' },
      files: [
        { filename: 'Bildschirm ä.png', mediaType: 'image/png' },
        { filename: 'photo.jpeg', mediaType: 'image/jpeg' },
        { filename: 'invoice.pdf', mediaType: 'application/pdf', size: 500 },
      ],
    });
    expect(temporary()).toEqual([]);
  });

  it('takes the field name with brackets too', async () => {
    expect((await send([named(png, 'a.png', 'image/png')], 'attachments[]')).status).toBe(201);
  });

  it('stores pictures upright, without metadata, with their size and a small one beside them', async () => {
    const { prepared = [] } = await send([named(jpeg, 'a.jpg', 'image/jpeg')]);
    const [file] = prepared;
    expect([file.width, file.height]).toEqual([400, 600]);
    const chunks = await (await store.open(file.storageKey)).stream.toArray();
    const bytes = Buffer.concat(chunks as Buffer[]);
    expect(bytes).toHaveLength(file.size);
    expect(bytes.includes('Secret Person')).toBe(false);
    const thumbnail = await (await store.open(file.thumbnailKey ?? '')).stream.toArray();
    const { format, width, height } = await sharp(Buffer.concat(thumbnail as Buffer[])).metadata();
    expect({ format, width, height }).toEqual({ format: 'webp', width: 320, height: 480 });
  });

  it.each([
    ['a picture of exactly the limit', () => named(padded(png, IMAGE_MAX_BYTES), 'a.png', 'image/png'), 201],
    ['a picture one byte larger', () => named(padded(png, IMAGE_MAX_BYTES + 1), 'a.png', 'image/png'), 413],
    ['a document of exactly the limit', () => named(pdfOf(PDF_MAX_BYTES), 'a.pdf', 'application/pdf'), 201],
    ['a document one byte larger', () => named(pdfOf(PDF_MAX_BYTES + 1), 'a.pdf', 'application/pdf'), 413],
    ['a program named as a picture', () => named('MZ\x90\0', 'a.png', 'image/png'), 415],
    ['a page named as a picture', () => named('<html></html>', 'a.jpg', 'image/jpeg'), 415],
    ['a drawing named as a picture', () => named('<svg xmlns="…"/>', 'a.png', 'image/png'), 415],
    [
      'a program behind the first bytes of a picture',
      () => named(Buffer.concat([png.subarray(0, 40), Buffer.from('<?php')]), 'a.png', 'image/png'),
      415,
    ],
    ['a picture that was cut off', () => named(png.subarray(0, png.length - 30), 'a.png', 'image/png'), 415],
    ['text named as a document', () => named('hello', 'a.pdf', 'application/pdf'), 415],
    ['a document that was cut off', () => named('%PDF-1.7 and no more', 'a.pdf', 'application/pdf'), 415],
    ['a picture named as a page', () => named(png, 'a.png.html', 'image/png'), 415],
    ['a picture with a hidden end in its name', () => named(png, 'a.html%00.png', 'image/png'), 415],
    ['a PNG named as JPEG', () => named(png, 'a.jpg', 'image/jpeg'), 415],
    ['a picture declared as a page', () => named(png, 'a.png', 'text/html'), 415],
    ['an empty file', () => named('', 'a.png', 'image/png'), 415],
  ])('answers %s with the right status and keeps nothing behind', async (_what, file, status) => {
    const answer = await send([named(png, 'first.png', 'image/png'), file()]);
    expect(answer.status).toBe(status);
    if (status > 201) expect(answer.errors).toMatchObject([{ path: 'attachments' }]);
    expect(temporary()).toEqual([]);
  });

  it('names the file and the rule', async () => {
    const { detail } = await send([named(padded(png, 70_000), 'screenshot.png', 'image/png')]);
    expect(detail).toBe('“screenshot.png” is too large. A picture may have up to 58.6 kB.');
  });

  it.each([
    ['three pictures and two documents', 3, 2, 201],
    ['four pictures', 4, 0, 400],
    ['three documents', 0, 3, 400],
    ['six files', 4, 2, 400],
  ])('answers %s by the counts', async (_what, pictures, documents, status) => {
    const answer = await send([
      ...Array.from({ length: pictures }, () => named(png, 'a.png', 'image/png')),
      ...Array.from({ length: documents }, () => named(pdfOf(200), 'a.pdf', 'application/pdf')),
    ]);
    expect(answer.status).toBe(status);
    expect(temporary()).toEqual([]);
  });

  it('refuses files in other fields', async () => {
    expect(await send([named(png, 'a.png', 'image/png')], 'avatar')).toMatchObject({
      status: 400,
      errors: [{ path: 'avatar' }],
    });
  });

  it('refuses a body that breaks off', async () => {
    const response = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="attachments"; filename="a.png"\r\n\r\n\x89PNG',
    });
    expect(response.status).toBe(400);
    expect(temporary()).toEqual([]);
  });

  it('refuses multipart without a boundary', async () => {
    const headers = { 'content-type': 'multipart/form-data' };
    expect((await fetch(origin, { method: 'POST', headers, body: 'x' })).status).toBe(400);
  });

  it('stops an endless upload early', async () => {
    let sent = 0;
    const endless = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('--x\r\ncontent-disposition: form-data; name="attachments"; filename="a.png"\r\n\r\n');
      yield png;
      for (; sent < 200 * 1_048_576; sent += 65_536) yield Buffer.alloc(65_536);
    };
    const outcome = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: endless(),
      duplex: 'half',
    }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(outcome).toBe(413);
    expect(sent).toBeLessThan(60 * 1_048_576);
    expect(temporary()).toEqual([]);
  });

  it('keeps nothing of a client that goes away', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 50000\r\n\r\n',
    );
    socket.write('--x\r\ncontent-disposition: form-data; name="attachments"; filename="a.png"\r\n\r\n');
    socket.write(png.subarray(0, 100));
    await expect(eventually(() => temporary().length)).resolves.toBe(1);
    socket.destroy();
    await expect(eventually(() => temporary().length === 0)).resolves.toBe(true);
  });
});

async function eventually<Result>(look: () => Result): Promise<Result> {
  for (let tries = 0; tries < 100 && !look(); tries += 1) await sleep(20);
  return look();
}
