import { promisify } from 'node:util';
import { crc32, deflate, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { jpeg, jpegWithComment, pdf, png } from './files';

/** What must not be found in anything that was made harmless. */
export const SCRIPT = '<script>alert("polyglot")</script>';
const PAGE = `<!doctype html><html><body>${SCRIPT}</body></html>`;
const PNG_SIGNATURE = 8;
const PNG_HEADER_END = 33;
const PNG_END_BYTES = 12;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function header({ width, height, depth = 8, colour = 2 }: PngFacts): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

interface PngFacts {
  width: number;
  height: number;
  depth?: number;
  colour?: number;
}

/** A PNG of so many bytes, whose header claims so many pixels. */
export function claimingPng(facts: PngFacts, size = 30_000): Buffer {
  const filler = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7_919) % 251));
  const rest = Buffer.concat([chunk('IDAT', deflateSync(filler, { level: 0 })), chunk('IEND', Buffer.alloc(0))]);
  return Buffer.concat([signature(), header(facts), rest]).subarray(0, Math.max(size, PNG_HEADER_END));
}

const signature = (): Buffer => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A real picture with one more part behind its header. */
async function pngWith(type: string, data: Buffer): Promise<Buffer> {
  const picture = await png();
  return Buffer.concat([picture.subarray(0, PNG_HEADER_END), chunk(type, data), picture.subarray(PNG_HEADER_END)]);
}

const named = (name: string, data: Buffer): Buffer => Buffer.concat([Buffer.from(`${name}\0\0`), data]);
/** Some hundred kilobytes that become as many megabytes; made beside the server, which must not stand still. */
const bomb = (): Promise<Buffer> => promisify(deflate)(Buffer.alloc(300 * 1_048_576));

/** Pictures whose hidden parts grow when they are unpacked. */
export const pngWithTextBomb = async (): Promise<Buffer> => pngWith('zTXt', named('Comment', await bomb()));
export const pngWithProfileBomb = async (): Promise<Buffer> => pngWith('iCCP', named('Profile', await bomb()));

/** One colour, so tiny as a file, and just below the limit as a picture. */
export const vastPng = (): Promise<Buffer> =>
  sharp({ create: { width: 7_000, height: 7_000, channels: 4, background: '#2b6cb0' } })
    .png({ compressionLevel: 9, progressive: true })
    .toBuffer();

export const pngAndPage = async (): Promise<Buffer> => Buffer.concat([await png(), Buffer.from(PAGE)]);
export const pngWithPageInside = (): Promise<Buffer> => pngWith('tEXt', Buffer.from(`Comment\0${PAGE}`));
export const jpegWithPageInside = (): Promise<Buffer> => jpegWithComment(PAGE);
export const jpegAndArchive = async (): Promise<Buffer> => Buffer.concat([await jpeg(), archive()]);
export const pdfAndPage = (): Buffer => Buffer.concat([pdf(), Buffer.from(PAGE)]);
export const pdfWithPageBefore = (): Buffer => Buffer.concat([Buffer.from(`%PDF-1.4\n%${PAGE}\n`), pdf().subarray(9)]);
export const pageBeforePdf = (): Buffer => Buffer.concat([Buffer.from(`${PAGE}\n`), pdf()]);
export const scriptBeforePdf = (): Buffer => Buffer.concat([Buffer.from('/*'), pdf(), Buffer.from('*/alert(1)')]);
export const pdfAndArchive = (): Buffer => Buffer.concat([pdf(), archive()]);
/** The end of the document stands in the comment of the archive, so both are whole. */
export const archiveAroundPdf = (): Buffer => {
  const document = pdf();
  const mark = document.lastIndexOf('startxref');
  return Buffer.concat([document.subarray(0, mark), archive(document.subarray(mark))]);
};

/** An archive of nothing. */
function archive(comment: Buffer = Buffer.from(SCRIPT)): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}

/** The header stands somewhere else than it must. */
export const pngWithoutHeader = async (): Promise<Buffer> => {
  const picture = await png();
  return Buffer.concat([signature(), chunk('tEXt', Buffer.from('a\0b')), picture.subarray(PNG_SIGNATURE)]);
};

export const pngWithWrongSum = async (): Promise<Buffer> => {
  const picture = Buffer.from(await png());
  picture[picture.length - PNG_END_BYTES - 1] ^= 0xff;
  return picture;
};

/** Its frame says that it has so many pixels; the rest is a picture of a few. */
export async function claimingJpeg(width: number, height: number): Promise<Buffer> {
  const picture = Buffer.from(await jpeg());
  const frame = picture.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(picture[at + 1]));
  picture.writeUInt16BE(height, frame + 5);
  picture.writeUInt16BE(width, frame + 7);
  return picture;
}

/** Nothing but lengths that lead in small steps to nowhere. */
export const endlessJpeg = (): Buffer => {
  const step = Buffer.from([0xff, 0xe1, 0x00, 0x02]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...Array.from({ length: 12_000 }, () => step)]);
};

/** Two frames; programs that know no animation show the first one. */
export async function animatedPng(): Promise<Buffer> {
  const [first, second] = [await png(), await png({ background: '#c05621' })];
  const pixels = second.subarray(PNG_HEADER_END, -PNG_END_BYTES);
  const data = pixels.subarray(pixels.indexOf('IDAT') + 4, -4);
  return Buffer.concat([
    first.subarray(0, PNG_HEADER_END),
    chunk('acTL', uints(2, 0)),
    frame(0),
    first.subarray(PNG_HEADER_END, -PNG_END_BYTES),
    frame(1),
    chunk('fdAT', Buffer.concat([uints(2), data])),
    first.subarray(-PNG_END_BYTES),
  ]);
}

const frame = (number: number): Buffer =>
  chunk('fcTL', Buffer.concat([uints(number, 40, 30, 0, 0), Buffer.from([0, 1, 0, 2, 0, 0])]));

function uints(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
}

export const deepPng = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#2b6cb0' } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();

export const printersJpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#2b6cb0' } })
    .toColourspace('cmyk')
    .withIccProfile('cmyk')
    .jpeg()
    .toBuffer();

/** Half blue and half red, held in one of the eight ways in which cameras are held, at a known place. */
export async function heldPhoto(orientation: number): Promise<Buffer> {
  const red = await sharp({ create: { width: 20, height: 30, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 40, height: 30, channels: 3, background: '#0000ff' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withExif({
      IFD0: { Artist: 'Cora Example', Orientation: String(orientation) },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
}
