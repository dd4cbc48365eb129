import sharp from 'sharp';
import { expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, jpeg, pdf, png, type Part } from './support/files';
import * as hostile from './support/hostile-files';
import { SCRIPT } from './support/hostile-files';

const api = testApi();

const asPng = (bytes: Buffer): Part => ({ bytes, name: 'a.png', type: 'image/png' });
const asJpeg = (bytes: Buffer): Part => ({ bytes, name: 'a.jpg', type: 'image/jpeg' });
const asPdf = (bytes: Buffer): Part => ({ bytes, name: 'a.pdf', type: 'application/pdf' });

describe('a file that means harm', () => {
  let cora: Person;
  let ticketId: number;

  beforeAll(async () => {
    cora = await api.given.customer();
    ({ id: ticketId } = await api.given.ticket({ by: cora }));
  });

  const upload = (file: Part): Promise<Answer> =>
    cora.post(`/api/tickets/${ticketId}/attachments`, form({}, [file], 'file'));
  const rows = async (): Promise<number> => (await api.rows('SELECT id FROM attachments')).length;
  const stored = async (file: Part): Promise<Buffer> => {
    const { body } = expectStatus(201, await upload(file));
    return expectStatus(200, await cora.get(body.url)).body;
  };

  const DAMAGED = 'seems to be damaged';
  const TOO_MANY = 'too many pixels';
  it.each<[string, () => Part | Promise<Part>, number, string]>([
    ['a page behind a document', () => asPdf(hostile.pdfAndPage()), 415, 'web page as well'],
    ['a page at the beginning of a document', () => asPdf(hostile.pdfWithPageBefore()), 415, 'web page as well'],
    ['a page before a document', () => asPdf(hostile.pageBeforePdf()), 415, 'is not a PNG'],
    ['a script around a document', () => asPdf(hostile.scriptBeforePdf()), 415, 'is not a PNG'],
    ['an archive behind a document', () => asPdf(hostile.pdfAndArchive()), 415, 'as well as a PDF'],
    ['an archive around a document', () => asPdf(hostile.archiveAroundPdf()), 415, 'archive as well'],
    ['a document without its end', () => asPdf(pdf().subarray(0, -20)), 415, DAMAGED],
    ['a document of no version', () => asPdf(Buffer.from('%PDF-x\nstartxref\n0\n%%EOF')), 415, DAMAGED],
    ['the first bytes of a document', () => asPdf(Buffer.from('%PDF-1.7')), 415, DAMAGED],
    ['30,000 pixels each way', () => asPng(hostile.claimingPng({ width: 30_000, height: 30_000 })), 413, TOO_MANY],
    ['all pixels there can be', () => asPng(hostile.claimingPng({ width: 2 ** 31, height: 2 ** 31 })), 413, TOO_MANY],
    ['one line of too many pixels', () => asPng(hostile.claimingPng({ width: 50_000_001, height: 1 })), 413, TOO_MANY],
    ['a photo of too many pixels', async () => asJpeg(await hostile.claimingJpeg(65_535, 65_535)), 413, TOO_MANY],
    ['a picture without pixels', () => asPng(hostile.claimingPng({ width: 0, height: 100 })), 415, DAMAGED],
    ['a photo without lines', async () => asJpeg(await hostile.claimingJpeg(40, 0)), 415, DAMAGED],
    ['a picture of odd depth', () => asPng(hostile.claimingPng({ width: 9, height: 9, depth: 7 })), 415, DAMAGED],
    ['a picture of an odd kind', () => asPng(hostile.claimingPng({ width: 9, height: 9, colour: 5 })), 415, DAMAGED],
    ['a picture without a header', async () => asPng(await hostile.pngWithoutHeader()), 415, DAMAGED],
    ['a photo of empty parts', () => asJpeg(hostile.endlessJpeg()), 415, DAMAGED],
    ['a photo that ends at once', () => asJpeg(Buffer.from([0xff, 0xd8, 0xff, 0xd9])), 415, DAMAGED],
    ['nothing but the beginning of a photo', () => asJpeg(Buffer.from([0xff, 0xd8, 0xff])), 415, DAMAGED],
  ])('is refused when it is %s, with the rule that it breaks', async (_what, file, status, rule) => {
    const before = await rows();
    const answer = await upload(await file());
    expect(answer).toMatchObject(problem(status, status === 413 ? 'too-large' : 'unsupported-media'));
    expect(answer.body.errors).toMatchObject([{ path: 'file', message: expect.stringContaining(rule) }]);
    expect(await rows()).toBe(before);
  });

  it('is refused when it was cut off, wherever that was', async () => {
    const before = await rows();
    const [picture, photo] = [await png(), await jpeg()];
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length * part));
      expect([part, await upload(asPng(cut(picture)))]).toMatchObject([part, problem(415, 'unsupported-media')]);
      expect([part, await upload(asJpeg(cut(photo)))]).toMatchObject([part, problem(415, 'unsupported-media')]);
    }
    expect(await rows()).toBe(before);
  });

  it('is refused quickly when it only claims to be vast', async () => {
    const file = asPng(hostile.claimingPng({ width: 30_000, height: 30_000 }));
    expect(file.bytes.length).toBeLessThanOrEqual(30_000);
    await upload(file);
    const times: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const since = performance.now();
      expect(await upload(file)).toMatchObject(problem(413, 'too-large'));
      times.push(performance.now() - since);
    }
    expect(Math.min(...times)).toBeLessThan(200);
  });

  it.each<[string, () => Promise<Part>]>([
    ['a page behind a picture', async () => asPng(await hostile.pngAndPage())],
    ['a page inside a picture', async () => asPng(await hostile.pngWithPageInside())],
    ['a page inside a photo', async () => asJpeg(await hostile.jpegWithPageInside())],
    ['an archive behind a photo', async () => asJpeg(await hostile.jpegAndArchive())],
  ])('is only the picture afterwards when it brings %s', async (_what, file) => {
    const part = await file();
    expect(part.bytes.includes(SCRIPT)).toBe(true);
    const bytes = await stored(part);
    expect(bytes.includes(SCRIPT) || bytes.includes('PK\x05\x06')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['a text', hostile.pngWithTextBomb],
    ['a profile', hostile.pngWithProfileBomb],
    ['a checksum that is wrong', hostile.pngWithWrongSum],
  ])('does no harm with %s that is more than it seems', async (_what, file) => {
    const bytes = await file();
    expect(bytes.length).toBeLessThan(1_000_000);
    expect([201, 415]).toContain((await upload(asPng(bytes))).status);
    expectStatus(201, await upload(asPng(await png())));
  });

  it('is cleaned, or refused by the memory it takes, when it is as vast as it may be', async () => {
    const bytes = await hostile.vastPng();
    expect(bytes.length).toBeLessThan(1_000_000);
    const answer = await upload(asPng(bytes));
    expect([201, 413]).toContain(answer.status);
    expectStatus(201, await upload(asPng(await png())));
  }, 60_000);
});

describe('an unusual picture', () => {
  const stored = async (file: Part): Promise<Buffer> => {
    const cora = await api.given.customer();
    const { body } = expectStatus(
      201,
      await cora.post('/api/tickets', form({ subject: 'a', description: 'b' }, [file])),
    );
    return expectStatus(200, await cora.get(body.attachments[0].url)).body;
  };
  const shown = async (bytes: Buffer, x: number, y: number): Promise<number[]> => {
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  };
  const isNear = (seen: number[], meant: number[], by: number): boolean =>
    seen.every((value, index) => Math.abs(value - meant[index]) <= by);
  const BLUE = [0x2b, 0x6c, 0xb0];

  it('that moves stands still', async () => {
    const animated = await hostile.animatedPng();
    const bytes = await stored(asPng(animated));
    expect(animated.includes('acTL') && !bytes.includes('acTL') && !bytes.includes('fdAT')).toBe(true);
    expect(await shown(bytes, 5, 5)).toEqual(BLUE);
  });

  it('of 16 bits or for printers becomes one that every browser shows', async () => {
    const deep = await hostile.deepPng();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const bytes = await stored(asPng(deep));
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'uchar', space: 'srgb' });
    expect(isNear(await shown(bytes, 5, 5), BLUE, 2)).toBe(true);
    const printed = await hostile.printersJpeg();
    expect((await sharp(printed).metadata()).space).toBe('cmyk');
    const photo = await stored(asJpeg(printed));
    const facts = await sharp(photo).metadata();
    expect(facts).toMatchObject({ space: 'srgb', channels: 3 });
    expect(facts.icc).toBeUndefined();
    expect(isNear(await shown(photo, 5, 5), BLUE, 40)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('held in way %i stands upright, and tells neither place nor name', async (way) => {
    const photo = await hostile.heldPhoto(way);
    expect(await sharp(photo).metadata()).toMatchObject({ orientation: way });
    expect(photo.includes('Cora Example')).toBe(true);
    const bytes = await stored(asJpeg(photo));
    const facts = await sharp(bytes).metadata();
    expect(facts.exif).toBeUndefined();
    expect(facts.orientation).toBeUndefined();
    expect(bytes.includes('Cora Example')).toBe(false);
    expect([facts.width, facts.height]).toEqual(way < 5 ? [40, 30] : [30, 40]);
    const upright = await sharp(photo).autoOrient().toBuffer();
    const corner = await shown(upright, 3, 3);
    expect(isNear(await shown(bytes, 3, 3), corner, 12)).toBe(true);
  });
});
