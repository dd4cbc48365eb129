import { open, type FileHandle } from 'node:fs/promises';
import { wrongContent } from './attachment.errors';
import type { ReceivedFile } from './file-receiver';

/** What readers of PDF look through for the end mark, and programs that guess types for a page. */
const EDGE_BYTES = 2_048;
const BLOCK_BYTES = 65_536;
const MAX_TRAILING_BYTES = 1_024;
const VERSION = /^%PDF-[12]\.\d/;
const END_MARK = /startxref\s+\d+\s+%%EOF/g;
const MARKUP = /<\s*(!doctype|html|head|body|script|iframe|svg|img|\?php)/i;
/** The end record of a ZIP archive: 22 bytes and a comment. */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_END_BYTES = 22;
const ZIP_MAX_COMMENT = 65_535;

/**
 * Looks at both ends of a PDF, which cannot be decoded and encoded anew like a picture: that it is whole, and that no
 * program could take it for a page or an archive. What it holds in between is up to the reader's program; that is why a
 * browser only ever saves it.
 */
export async function assertWholeDocument(file: ReceivedFile): Promise<void> {
  const rule = await brokenRule(file);
  if (rule) throw wrongContent(file.field, file.filename, rule);
}

async function brokenRule({ path, size }: ReceivedFile): Promise<string | undefined> {
  const handle = await open(path);
  try {
    const head = (await bytesAt(handle, 0, EDGE_BYTES)).toString('latin1');
    const end = await endOfText(handle, size);
    const tail = (await bytesAt(handle, Math.max(0, end - EDGE_BYTES), Math.min(end, EDGE_BYTES))).toString('latin1');
    const mark = [...tail.matchAll(END_MARK)].at(-1);
    const trailing = mark && tail.slice(mark.index + mark[0].length);
    if (!VERSION.test(head) || trailing === undefined || trailing.length > MAX_TRAILING_BYTES)
      return 'cannot be opened; it seems to be damaged';
    if (MARKUP.test(head) || MARKUP.test(trailing)) return 'is a web page as well as a PDF';
    if (await endsLikeArchive(handle, size)) return 'is an archive as well as a PDF';
    return undefined;
  } finally {
    await handle.close();
  }
}

/** Where the last byte ends that is no blank: some programs fill documents up. */
async function endOfText(handle: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const block = await bytesAt(handle, start, end - start);
    const last = block.findLastIndex((byte) => byte > 0x20);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
}

/** An end record whose comment ends where the file does. */
async function endsLikeArchive(handle: FileHandle, size: number): Promise<boolean> {
  const start = Math.max(0, size - ZIP_END_BYTES - ZIP_MAX_COMMENT);
  const tail = await bytesAt(handle, start, size - start);
  for (let at = tail.indexOf(ZIP_END); at >= 0; at = tail.indexOf(ZIP_END, at + 1)) {
    const commentEnd = at + ZIP_END_BYTES;
    if (commentEnd <= tail.length && commentEnd + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
