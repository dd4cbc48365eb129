import sharp from 'sharp';

/** A real picture; with `size`, of exactly so many bytes. */
export async function png({ width = 40, height = 30, size = 0, background = '#2b6cb0' } = {}): Promise<Buffer> {
  const picture = sharp({ create: { width, height, channels: 3, background } });
  return padded(await picture.png().toBuffer(), size);
}

export async function jpeg({ width = 40, height = 30, size = 0 } = {}): Promise<Buffer> {
  const picture = sharp({ create: { width, height, channels: 3, background: '#c05621' } });
  return padded(await picture.jpeg().toBuffer(), size);
}

/** A photo that knows where it was taken. */
export async function photoWithMetadata(): Promise<Buffer> {
  const exif = { IFD0: { Copyright: 'Cora Example', ImageDescription: 'taken at home' } };
  return sharp({ create: { width: 40, height: 30, channels: 3, background: '#c05621' } })
    .withExif(exif)
    .jpeg()
    .toBuffer();
}

/** A picture with words in it that decoders pass over. */
export async function jpegWithComment(text: string): Promise<Buffer> {
  const picture = await jpeg();
  const words = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, (words.length + 2) >> 8, (words.length + 2) & 0xff]);
  return Buffer.concat([picture.subarray(0, 2), head, words, picture.subarray(2)]);
}

/** A document of one empty page, with a comment that nobody sees; with `size`, of exactly so many bytes. */
export function pdf({ size = 0, comment = '' } = {}): Buffer {
  const head = Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n',
  );
  const tail = Buffer.from('\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n');
  const dots = '.'.repeat(Math.max(0, size - head.length - tail.length - comment.length - 1));
  return Buffer.concat([head, Buffer.from(`%${comment}${dots}`), tail]);
}

/** Decoders stop at the end mark of a picture, so what follows only adds bytes. */
const padded = (picture: Buffer, size: number): Buffer =>
  Buffer.concat([picture, Buffer.alloc(Math.max(0, size - picture.length))]);

export interface Part {
  bytes: Buffer;
  name: string;
  type?: string;
}

/** A form with files, as browsers send it. */
export function form(fields: Record<string, string | string[]>, files: Part[] = [], field = 'attachments'): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) data.append(name, one);
  for (const { bytes, name, type } of files) data.append(field, new Blob([bytes], { type }), name);
  return data;
}

/** A form whose file name is sent as it is, however odd. */
export function oddlyNamed(
  name: string,
  bytes: Buffer,
  type: string,
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'a-boundary-of-this-test';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
