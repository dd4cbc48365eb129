import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3 } from '@aws-sdk/client-s3';
import type { OnApplicationShutdown } from '@nestjs/common';
import { NotFound, Unavailable } from '../common';
import type { S3Location } from '../config';
import { Circuit } from './circuit';
import { FileStore, isKey, type ByteRange, type StoredFacts, type StoredFile } from './file-store';

/** Other things in the same bucket are left alone. */
const FOLDER = 'files/';
const CONNECT_MS = 2_000;
const ANSWER_MS = 4_000;
/** An upload may take longer, by its size. */
const SLOWEST_BYTES_PER_MS = 1_000;
/** So long may a download stand still while we wait for the store, and not for the reader. */
const STALL_MS = 10_000;
const PAUSE_MS = 1_500;
const MAX_SOCKETS = 64;

/** Whatever goes wrong is told by who asked; the client's own words go to the console, and would show more. */
const SILENCE = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What the store answered, without what the client of it knows: that would hold parts of the keys. */
class StorageFailure extends Error {
  constructor(
    readonly code: string,
    status: number | undefined,
  ) {
    super(`The store of files failed: ${code}${status ? ` (${status})` : ''}.`);
  }
}

/** Files in a bucket of an S3-compatible store. */
export class S3FileStore extends FileStore implements OnApplicationShutdown {
  private readonly circuit = new Circuit(PAUSE_MS, (error) => error instanceof Unavailable);

  private constructor(
    private readonly s3: S3,
    private readonly bucket: string,
  ) {
    super();
  }

  /** Loads the client of the store only here: most installations never need it. Nothing is asked of the store yet. */
  static async at({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Location): Promise<S3FileStore> {
    const { S3: Client } = await import('@aws-sdk/client-s3');
    const client = new Client({
      region,
      endpoint,
      forcePathStyle: endpoint !== undefined,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 2,
      expectContinueHeader: false,
      logger: SILENCE,
      // Stores of others know no newer checksums; Content-MD5 is known to all.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: ANSWER_MS,
        throwOnRequestTimeout: true,
        socketTimeout: 0,
        httpAgent: { maxSockets: MAX_SOCKETS },
        httpsAgent: { maxSockets: MAX_SOCKETS },
      },
    });
    return new S3FileStore(client, bucket);
  }

  onApplicationShutdown(): void {
    this.s3.destroy();
  }

  get isAway(): boolean {
    return this.circuit.isOpen;
  }

  async put(tempPath: string, key: string): Promise<void> {
    const { size } = await stat(tempPath);
    const hash = createHash('md5');
    await pipeline(createReadStream(tempPath), hash);
    const facts = { ContentLength: size, ContentMD5: hash.digest('base64'), ContentType: 'application/octet-stream' };
    const requestTimeout = ANSWER_MS + size / SLOWEST_BYTES_PER_MS;
    const named = this.named(key);
    await this.ask(async () => {
      const Body = createReadStream(tempPath);
      try {
        await this.s3.putObject({ ...named, ...facts, Body }, { requestTimeout });
      } finally {
        Body.destroy();
      }
    });
    await rm(tempPath);
  }

  async open(key: string, part?: ByteRange): Promise<StoredFile> {
    const request = { ...this.named(key), ...(part && { Range: `bytes=${part.start}-${part.end}` }) };
    const found = await this.find(() => this.s3.getObject(request));
    if (!found) throw new NotFound('This file');
    const stream = Readable.from(steadily(found.Body as Readable), { objectMode: false });
    return { stream, size: found.ContentLength ?? 0 };
  }

  async delete(key: string): Promise<void> {
    const named = this.named(key);
    await this.find(() => this.s3.deleteObject(named));
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const query = { Bucket: this.bucket, Prefix: FOLDER + prefix, ContinuationToken };
      const page = await this.ask(() => this.s3.listObjectsV2(query));
      keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(FOLDER.length)).filter(isKey));
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken);
    return keys;
  }

  async facts(key: string): Promise<StoredFacts | undefined> {
    const named = this.named(key);
    const found = await this.find(() => this.s3.headObject(named));
    return found && { size: found.ContentLength ?? 0, storedAt: found.LastModified ?? new Date(0) };
  }

  async probe(): Promise<void> {
    await this.ask(() => this.s3.headBucket({ Bucket: this.bucket }));
  }

  private named(key: string): { Bucket: string; Key: string } {
    if (!isKey(key)) throw new Error('Not a storage key.');
    return { Bucket: this.bucket, Key: FOLDER + key };
  }

  /** Undefined when there is nothing under the key. */
  private find<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
    return this.ask(() => request().catch(absent));
  }

  private ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    return this.circuit.run(async () => {
      try {
        return await request();
      } catch (error) {
        const { code, name, $metadata } = error as { code?: string; name?: string } & Answered;
        throw new Unavailable(new StorageFailure(code ?? name ?? 'unknown', $metadata?.httpStatusCode));
      }
    });
  }
}

function nothing(): void {
  // Says nothing.
}

interface Answered {
  $metadata?: { httpStatusCode?: number };
}

/** A missing bucket is no missing file: that is a wrong setting, and must not look as if everything were gone. */
function absent(error: unknown): undefined {
  const { name, $metadata } = error as Answered & { name?: string };
  if (name === 'NoSuchKey' || (name === 'NotFound' && $metadata?.httpStatusCode === 404)) return undefined;
  throw error;
}

/** The bytes as the reader takes them; a store that brings nothing for too long ends the download. */
async function* steadily(body: Readable): AsyncGenerator<Buffer> {
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => body.destroy(new StorageFailure('stalled', undefined)), STALL_MS).unref();
  let waiting = watch();
  try {
    for await (const chunk of body) {
      clearTimeout(waiting);
      yield chunk as Buffer;
      waiting = watch();
    }
  } finally {
    clearTimeout(waiting);
    body.destroy();
  }
}
