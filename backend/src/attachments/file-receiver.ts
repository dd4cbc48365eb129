import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Unavailable, type DomainError } from '../common';
import { Settings } from '../config';
import { isDiskFull, megabytes, noSpace, tooLarge, wrongContent, type FilesField } from './attachment.errors';
import { disagreement, kindOf, sniff, SNIFF_BYTES, type FileKind, type MediaType } from './file-kinds';
import { cleanFilename } from './filename';
import { TempFiles } from './temp-files';

/** A file that came in whole and looks right from outside; it lies in a temporary place until it is prepared. */
export interface ReceivedFile {
  readonly path: string;
  /** The field it came in; refusals name it. */
  readonly field: FilesField;
  readonly filename: string;
  readonly mediaType: MediaType;
  readonly kind: FileKind;
  readonly size: number;
  /** Of the bytes as sent. */
  readonly sha256: string;
}

/** What a client says about a file. */
export interface Announced {
  readonly field: FilesField;
  readonly name: string;
  readonly mediaType: string;
  /** Called once the kind is known; throws when no more of it may come. */
  readonly admit?: (kind: FileKind) => void;
}

/** Takes files in as they stream, and stops at the first byte that breaks a rule. */
@Injectable()
export class FileReceiver {
  constructor(
    private readonly settings: Settings,
    private readonly tempFiles: TempFiles,
  ) {}

  /** Whatever it throws, nothing stays on disk. */
  async receive(chunks: AsyncIterable<Buffer>, announced: Announced): Promise<ReceivedFile> {
    const path = this.tempFiles.newPath();
    const inspector = new Inspector(announced, (kind) => this.maxBytes(kind));
    try {
      await write(path, chunks, inspector);
      return { path, ...inspector.finish() };
    } catch (error) {
      await this.tempFiles.remove(path);
      throw error;
    }
  }

  /** Removes what nobody took over; doing so twice is fine. */
  async discard(files: readonly ReceivedFile[]): Promise<void> {
    for (const { path } of files) await this.tempFiles.remove(path);
  }

  maxBytes(kind: FileKind): number {
    const { imageMaxBytes, pdfMaxBytes } = this.settings.files;
    return kind === 'picture' ? imageMaxBytes : pdfMaxBytes;
  }
}

async function write(path: string, chunks: AsyncIterable<Buffer>, inspector: Inspector): Promise<void> {
  const handle = await onDisk(() => open(path, 'wx', 0o600));
  try {
    for await (const chunk of chunks) {
      inspector.take(chunk);
      await onDisk(() => writeAll(handle, chunk));
    }
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done)).bytesWritten;
}

async function onDisk<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw isDiskFull(error) ? noSpace(error) : new Unavailable(error);
  }
}

/** Looks at a file while it passes: type by its first bytes, then size. */
class Inspector {
  private head = Buffer.alloc(0);
  private mediaType: MediaType | undefined;
  private size = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(
    private readonly announced: Announced,
    private readonly maxBytes: (kind: FileKind) => number,
  ) {}

  take(chunk: Buffer): void {
    this.size += chunk.length;
    this.hash.update(chunk);
    if (!this.mediaType) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, SNIFF_BYTES)]);
      if (this.head.length >= SNIFF_BYTES) this.mediaType = this.decide();
    }
    if (this.mediaType && this.size > this.maxBytes(kindOf(this.mediaType))) throw this.tooLarge(this.mediaType);
  }

  finish(): Omit<ReceivedFile, 'path'> {
    const mediaType = this.mediaType ?? this.decide();
    const extension = mediaType.split('/')[1].replace('jpeg', 'jpg');
    return {
      field: this.announced.field,
      filename: cleanFilename(this.announced.name, extension),
      mediaType,
      kind: kindOf(mediaType),
      size: this.size,
      sha256: this.hash.digest('hex'),
    };
  }

  private decide(): MediaType {
    const { field, name, mediaType, admit } = this.announced;
    const type = sniff(this.head);
    const rule = this.size === 0 ? 'is empty' : disagreement(type, name, mediaType);
    if (!type || rule) throw wrongContent(field, cleanFilename(name, 'file'), rule ?? 'cannot be attached');
    admit?.(type.kind);
    return type.mediaType;
  }

  private tooLarge(mediaType: MediaType): DomainError {
    const kind = kindOf(mediaType);
    const what = kind === 'picture' ? 'A picture' : 'A PDF';
    const rule = `is too large. ${what} may have up to ${megabytes(this.maxBytes(kind))}`;
    return tooLarge(this.announced.field, cleanFilename(this.announced.name, 'file'), rule);
  }
}
