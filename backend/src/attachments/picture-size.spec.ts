import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { MediaType } from './file-kinds';
import { pictureSize, type PictureSize } from './picture-size';

const SIZE = { width: 31, height: 17 };

describe('the size that a picture claims', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-sizes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const sizeOf = (bytes: Buffer, mediaType: MediaType): Promise<PictureSize | undefined> => {
    const path = join(folder, 'picture');
    writeFileSync(path, bytes);
    return pictureSize(path, mediaType);
  };
  const picture = () => sharp({ create: { ...SIZE, channels: 3, background: '#3d4fd6' } });

  it.each([
    ['a PNG', () => picture().png(), 'image/png'],
    ['an interlaced PNG', () => picture().png({ progressive: true }), 'image/png'],
    ['a JPEG', () => picture().jpeg(), 'image/jpeg'],
    ['a progressive JPEG', () => picture().jpeg({ progressive: true }), 'image/jpeg'],
    [
      'a JPEG of a camera',
      () =>
        picture()
          .withExif({ IFD0: { Artist: 'x'.repeat(9_000) } })
          .jpeg(),
      'image/jpeg',
    ],
    ['a JPEG with a profile', () => picture().withIccProfile('p3').jpeg(), 'image/jpeg'],
  ] as const)('is that of %s', async (_what, made, mediaType) => {
    expect(await sizeOf(await made().toBuffer(), mediaType)).toEqual(SIZE);
  });

  it('is found behind bytes that only fill', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(7, 0xff), jpeg.subarray(2)]);
    expect(await sizeOf(filled, 'image/jpeg')).toEqual(SIZE);
  });

  it('is none where the header ends too early or makes no sense', async () => {
    const [png, jpeg] = [await picture().png().toBuffer(), await picture().jpeg().toBuffer()];
    for (let length = 0; length < 24; length += 1)
      expect(await sizeOf(png.subarray(0, length), 'image/png')).toBeUndefined();
    for (let length = 0; length < 40; length += 1)
      expect(await sizeOf(jpeg.subarray(0, length), 'image/jpeg')).toBeUndefined();
    expect(await sizeOf(Buffer.alloc(5_000_000, 0xff), 'image/jpeg')).toBeUndefined();
  });
});
