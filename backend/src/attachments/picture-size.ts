import { open, type FileHandle } from 'node:fs/promises';
import type { MediaType } from './file-kinds';

/** What a picture says about itself before its pixels begin. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const PNG_HEADER_BYTES = 24;
/** Pictures of cameras have about ten. */
const MAX_SEGMENTS = 2_000;
const SEGMENT_HEAD_BYTES = 10;
const FILL = 0xff;

/** Reads a few bytes and decodes nothing; undefined when the header is broken. */
export async function pictureSize(path: string, mediaType: MediaType): Promise<PictureSize | undefined> {
  const file = await open(path);
  try {
    const size = await (mediaType === 'image/png' ? pngSize(file) : jpegSize(file));
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } finally {
    await file.close();
  }
}

/** The first chunk of a PNG must be its header. */
async function pngSize(file: FileHandle): Promise<PictureSize | undefined> {
  const head = await bytesAt(file, 0, PNG_HEADER_BYTES);
  if (head.length < PNG_HEADER_BYTES || head.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** Goes from segment to segment to the one that begins the frame. */
async function jpegSize(file: FileHandle): Promise<PictureSize | undefined> {
  let position = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    const head = await bytesAt(file, position, SEGMENT_HEAD_BYTES);
    if (head.length < 4 || head[0] !== FILL) return undefined;
    if (head[1] === FILL) position += 1;
    else if (beginsFrame(head[1]))
      return head.length < 9 ? undefined : { width: head.readUInt16BE(7), height: head.readUInt16BE(5) };
    else if (beginsPixels(head[1])) return undefined;
    else position += 2 + head.readUInt16BE(2);
  }
  return undefined;
}

/** 0xC0 to 0xCF, of which three are tables and the like. */
const beginsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const beginsPixels = (marker: number): boolean => marker === 0xda || marker === 0xd9;

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
