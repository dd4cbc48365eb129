import sharp, { type Metadata, type Sharp } from 'sharp';
import { Semaphore } from '../common';
import { tooLarge, wrongContent } from './attachment.errors';
import type { ReceivedFile } from './file-receiver';

const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 20;
const THUMBNAIL_PIXELS = 480;
/** Decoding takes memory by the pixel: few at once, a short line, and whoever comes then is told to try again. */
const DECODING = new Semaphore(2, 40);

sharp.cache(false);

export interface CleanPicture {
  bytes: Buffer;
  thumbnail: Buffer;
  width: number;
  height: number;
}

/** Decodes a picture, turns it upright and encodes it anew: without metadata and whatever else was hidden in the file. */
export function cleanPicture(file: ReceivedFile): Promise<CleanPicture> {
  return DECODING.run(async () => {
    assertPixels(file, await metadataOf(file));
    try {
      const { data, info } = await encode(open(file.path).autoOrient(), file).toBuffer({ resolveWithObject: true });
      return { bytes: data, thumbnail: await thumbnailOf(data), width: info.width, height: info.height };
    } catch (error) {
      throw broken(file, error);
    }
  });
}

const open = (input: string | Buffer): Sharp =>
  sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true }).timeout({
    seconds: MAX_SECONDS,
  });

const encode = (picture: Sharp, { mediaType }: ReceivedFile): Sharp =>
  mediaType === 'image/png' ? picture.png() : picture.jpeg({ quality: 88 });

const thumbnailOf = (bytes: Buffer): Promise<Buffer> =>
  open(bytes)
    .resize({ width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();

async function metadataOf(file: ReceivedFile): Promise<Metadata> {
  try {
    // Without a limit here: what is too large is to be told apart from what is broken.
    return await sharp(file.path, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw broken(file, error);
  }
}

function assertPixels(file: ReceivedFile, { width, height }: Metadata): void {
  if (width * height <= MAX_PIXELS) return;
  throw tooLarge(
    file.field,
    file.filename,
    `has too many pixels. A picture may have up to ${MAX_PIXELS / 1e6} million`,
  );
}

const broken = (file: ReceivedFile, cause: unknown): Error =>
  Object.assign(wrongContent(file.field, file.filename, 'cannot be opened; it seems to be damaged'), { cause });
