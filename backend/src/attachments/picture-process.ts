/**
 * Decodes pictures for the server, one after another, as a process of its own: a decoder that crashes, hangs or eats
 * memory on a crafted picture takes nothing with it. It knows no secrets, because its environment holds nothing of the
 * server's, and what it says on its console is heard by nobody.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { pipeline } from 'node:stream/promises';
import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS, TOO_MUCH_MEMORY, type PictureAnswer, type PictureTask } from './picture-task';

const THUMBNAIL_PIXELS = 480;
/** The library tells in words only what the system said. */
const NOT_WRITTEN = /write error|unable to open for write/;
const FULL = /No space left on device|Disk quota exceeded/;
const LOOK_AT_MEMORY_EVERY_MS = 25;

sharp.cache(false);
// As many threads as pictures: the others belong to those who talk.
sharp.concurrency(1);

async function work(task: PictureTask): Promise<PictureAnswer> {
  try {
    const { width, height, size } = await encode(open(task.input).autoOrient(), task).toFile(task.output);
    await thumbnailOf(task.output).toFile(task.thumbnail);
    return { outcome: 'clean', width, height, size, sha256: await sha256Of(task.output) };
  } catch (error) {
    const { message } = error as Error;
    return NOT_WRITTEN.test(message)
      ? { outcome: 'failed', reason: message, code: FULL.test(message) ? 'ENOSPC' : 'EIO' }
      : { outcome: 'broken', reason: message };
  }
}

/** From file to file, so that no picture lies in memory as a whole. */
const open = (path: string): Sharp =>
  sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true });

const encode = (picture: Sharp, { mediaType }: PictureTask): Sharp =>
  mediaType === 'image/png' ? picture.png() : picture.jpeg({ quality: 88 });

const thumbnailOf = (path: string): Sharp =>
  open(path)
    .resize({ width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 });

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Where memory ends, the system shall take it from here and not from the server. */
const offerToBeKilled = (): Promise<void> =>
  writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined /* only Linux has it */);

/** Ends this process at once, whatever the library is doing. */
const end = (signal: NodeJS.Signals): void => void process.kill(process.pid, signal);

async function workWatched(task: PictureTask): Promise<PictureAnswer> {
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > task.maxResidentBytes) end(TOO_MUCH_MEMORY);
  }, LOOK_AT_MEMORY_EVERY_MS);
  try {
    return await work(task);
  } finally {
    clearInterval(watch);
  }
}

// Ctrl+C reaches all processes of a terminal: the server ends this one when nobody waits any more.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.umask(0o077);
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
void offerToBeKilled();
process.once('disconnect', () => end('SIGKILL'));
process.on('message', (task: PictureTask) => void workWatched(task).then((answer) => process.send?.(answer)));
