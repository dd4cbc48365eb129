/** The pictures that are uploaded: made by code, the same in each run. */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const require = createRequire(join(resolve(import.meta.dirname, '../..'), 'package.json'));

/** A photo of 12 million pixels that has exactly so many bytes: grain, as cameras make it, and nothing behind its end. */
export async function photo(bytes) {
  const sharp = require('sharp');
  const noise = { type: 'gaussian', mean: 128, sigma: 26 };
  const raw = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#777777', noise } })
    .blur(1.1)
    .raw()
    .toBuffer();
  const picture = (quality) =>
    sharp(raw, { raw: { width: 4_000, height: 3_000, channels: 3 } })
      .jpeg({ quality })
      .toBuffer();
  for (let quality = 97; quality > 20; quality -= 3) {
    const made = await picture(quality);
    if (made.length <= bytes) return Buffer.concat([made, Buffer.alloc(bytes - made.length)]);
  }
  throw new Error(`No photo fits into ${bytes} bytes.`);
}

/** A PNG of so many bytes that claims to be 30,000 pixels wide and high. */
export function claimingPng(bytes) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const filler = deflateSync(Buffer.alloc(bytes, 'grain'), { level: 0 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', filler)]).subarray(0, bytes);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
