import { open } from 'node:fs/promises';
import { wrongContent } from './attachment.errors';
import type { ReceivedFile } from './file-receiver';

const TAIL_BYTES = 2_048;

/** A PDF ends with a reference to its table and an end mark; one that was cut off does not. */
export async function assertWholeDocument(file: ReceivedFile): Promise<void> {
  const tail = await tailOf(file);
  if (tail.includes('startxref') && tail.includes('%%EOF')) return;
  throw wrongContent(file.field, file.filename, 'cannot be opened; it seems to be damaged');
}

async function tailOf({ path, size }: ReceivedFile): Promise<Buffer> {
  const handle = await open(path);
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
