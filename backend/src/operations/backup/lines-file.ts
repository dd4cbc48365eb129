import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline as chain, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { CopiedRow } from '../../database';
import { BackupProblem } from './backup-problem';
import type { LinesFile } from './manifest';

const GZIP_LEVEL = 4;
const BATCH_LINES = 500;

/** Counts lines and takes their digest. */
export class LinesDigest {
  private readonly hash = createHash('sha256');
  lines = 0;

  add(text: string, lines: number): void {
    this.hash.update(text);
    this.lines += lines;
  }

  /** Only once, at the end. */
  facts(): Pick<LinesFile, 'lines' | 'linesSha256'> {
    return { lines: this.lines, linesSha256: this.hash.digest('hex') };
  }
}

export const linesText = (batch: readonly unknown[]): string =>
  batch.map((line) => `${JSON.stringify(line)}\n`).join('');

/** The digest that a file with these rows would have. */
export async function digestOf(batches: AsyncIterable<CopiedRow[]>): Promise<Pick<LinesFile, 'lines' | 'linesSha256'>> {
  const digest = new LinesDigest();
  for await (const batch of batches) digest.add(linesText(batch), batch.length);
  return digest.facts();
}

/** Writes each item as a line, and makes sure that it lies on the disk. */
export async function writeLines(
  folder: string,
  path: string,
  batches: AsyncIterable<readonly unknown[]>,
): Promise<LinesFile> {
  const digest = new LinesDigest();
  const stored = createHash('sha256');
  async function* texts(): AsyncGenerator<string> {
    for await (const batch of batches) {
      const text = linesText(batch);
      digest.add(text, batch.length);
      yield text;
    }
  }
  const file = createWriteStream(join(folder, path), { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(texts, createGzip({ level: GZIP_LEVEL }), hashing(stored), file);
  return { path, sha256: stored.digest('hex'), ...digest.facts() };
}

/** The items of a file, some hundred at a time. Throws at its end, or before, when it is not what was written. */
export async function* readLines<Item>(folder: string, file: LinesFile): AsyncGenerator<Item[]> {
  const digest = new LinesDigest();
  const stored = createHash('sha256');
  try {
    for await (const lines of linesOf(createReadStream(join(folder, file.path)), stored)) {
      digest.add(lines.map((line) => `${line}\n`).join(''), lines.length);
      yield lines.map((line) => JSON.parse(line) as Item);
    }
  } catch (error) {
    throw isDamage(error) ? damaged(file) : error;
  }
  const { lines, linesSha256 } = digest.facts();
  if (stored.digest('hex') !== file.sha256 || lines !== file.lines || linesSha256 !== file.linesSha256)
    throw damaged(file);
}

/** A cut or altered file shows in what unpacks it, or in what reads its lines. */
function isDamage(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return error instanceof SyntaxError || code === 'ENOENT' || code.startsWith('Z_');
}

const damaged = ({ path }: LinesFile): BackupProblem =>
  new BackupProblem(`${path} is not what the backup wrote: it was changed, cut off or taken away.`);

export const hashing = (hash: Hash) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };

/** Not by `readline`, for which further characters end a line that JSON leaves as they are. */
async function* linesOf(file: Readable, stored: Hash): AsyncGenerator<string[]> {
  // Failures reach whoever reads the last of them.
  const unpacked = chain(file, hashing(stored), createGunzip(), () => undefined).setEncoding('utf8');
  let rest = '';
  for await (const text of unpacked as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (let start = 0; start < lines.length; start += BATCH_LINES) yield lines.slice(start, start + BATCH_LINES);
  }
  if (rest) yield [rest];
}
