import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import multer, { MulterError, type Options, type StorageEngine } from 'multer';
import { DomainError, Unavailable, ValidationFailed } from '../common';
import { malformedUpload, type FilesField } from './attachment.errors';
import { FileReceiver, type ReceivedFile } from './file-receiver';
import type { FileKind } from './file-kinds';
import { FileStore } from './file-store';
import { TempFiles } from './temp-files';

/** How many files a request may bring. */
export interface FileCounts {
  readonly field: FilesField;
  readonly maxPictures: number;
  readonly maxDocuments: number;
  readonly maxFiles: number;
}

const FIELD_VALUE_BYTES = 65_536;
const MAX_FIELDS = 60;
/** After a refusal so much more is read, so that the answer reaches clients that only listen when all is sent. */
const DRAIN_BYTES = 16 * 1_048_576;
const DRAIN_MS = 3_000;

/** Reads multipart requests: fields into the body, files through the receiver. */
@Injectable()
export class Multipart {
  constructor(
    private readonly receiver: FileReceiver,
    private readonly tempFiles: TempFiles,
    private readonly store: FileStore,
  ) {}

  isMultipart(request: Request): boolean {
    return /^multipart\//i.test(request.headers['content-type'] ?? '');
  }

  /** Whatever it throws, nothing stays on disk. The caller removes the files of a request that fails later. */
  async read(request: Request, response: Response, counts: FileCounts): Promise<ReceivedFile[]> {
    if (this.store.isAway) throw new Unavailable();
    await this.tempFiles.assertRoom();
    const upload = new Upload(counts);
    const parser = multer(this.options(upload)).any();
    try {
      await run(parser, request, response, upload);
      request.body = { ...(request.body as object) };
      return await upload.files();
    } catch (error) {
      await upload.settled();
      if (!request.complete && !response.headersSent) response.setHeader('Connection', 'close');
      throw toProblem(error, counts);
    }
  }

  private options(upload: Upload): Options {
    const { field, maxFiles } = upload.counts;
    const names = field === 'attachments' ? ['attachments', 'attachments[]'] : [field];
    return {
      storage: this.storage(upload),
      defParamCharset: 'utf8',
      limits: {
        files: maxFiles,
        fields: MAX_FIELDS,
        parts: MAX_FIELDS + maxFiles,
        fieldSize: FIELD_VALUE_BYTES,
        fieldNameSize: 100,
        fieldNestingDepth: 1,
        fieldArrayIndexLimit: MAX_FIELDS,
        headerPairs: 20,
        // A backstop: the receiver stops earlier, by the limit of the kind.
        fileSize: Math.max(this.receiver.maxBytes('picture'), this.receiver.maxBytes('document')) + FIELD_VALUE_BYTES,
      },
      fileFilter: (_request, file, accept) => {
        if (names.includes(file.fieldname)) accept(null, true);
        else
          accept(upload.refuse(ValidationFailed.of(file.fieldname.slice(0, 100), 'is not a field that takes files')));
      },
    };
  }

  private storage(upload: Upload): StorageEngine {
    return {
      _handleFile: (request, file, callback) => {
        request.once('close', () => {
          if (!request.complete) file.stream.destroy(new Error('The client went away.'));
        });
        const receiving = this.receiver.receive(
          // Kept open after a refusal: the parser takes a closed file for a broken body.
          file.stream.iterator({ destroyOnReturn: false }),
          {
            field: upload.counts.field,
            name: file.originalname,
            mediaType: file.mimetype,
            admit: (kind) => upload.admit(kind),
          },
        );
        void upload.add(receiving).then(
          ({ path }) => callback(null, { path }),
          (error: Error) => callback(upload.refuse(error)),
        );
      },
      _removeFile: (_request, file, callback) => {
        void this.tempFiles.remove(file.path).then(() => callback(null));
      },
    };
  }
}

/** The files of one request, in its order. */
class Upload {
  readonly refused: Promise<Error>;
  private readonly receiving: Promise<ReceivedFile>[] = [];
  private readonly seen: Record<FileKind, number> = { picture: 0, document: 0 };
  private announceRefusal!: (error: Error) => void;

  constructor(readonly counts: FileCounts) {
    this.refused = new Promise((resolve) => (this.announceRefusal = resolve));
  }

  add(file: Promise<ReceivedFile>): Promise<ReceivedFile> {
    this.receiving.push(file);
    return file;
  }

  admit(kind: FileKind): void {
    this.seen[kind] += 1;
    const { maxPictures, maxDocuments } = this.counts;
    if (this.seen.picture > maxPictures || this.seen.document > maxDocuments) throw tooMany(this.counts);
  }

  refuse(error: Error): Error {
    this.announceRefusal(error);
    return error;
  }

  files(): Promise<ReceivedFile[]> {
    return Promise.all(this.receiving);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.receiving);
  }
}

/** Settles when the request was read, or refused and then drained: to its end, but no longer than a moment. */
function run(parser: RequestHandler, request: Request, response: Response, upload: Upload): Promise<void> {
  return new Promise((resolve, reject) => {
    void upload.refused.then((error) => {
      let drained = 0;
      setTimeout(() => reject(error), DRAIN_MS).unref();
      request.on('data', (chunk: Buffer) => {
        drained += chunk.length;
        if (drained > DRAIN_BYTES) reject(error);
      });
    });
    void parser(request, response, (error?: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

const tooMany = ({ field, maxPictures, maxDocuments, maxFiles }: FileCounts): ValidationFailed => {
  const pictures = `${maxPictures} ${maxPictures === 1 ? 'picture' : 'pictures'}`;
  const documents = `${maxDocuments} ${maxDocuments === 1 ? 'PDF' : 'PDFs'}`;
  return ValidationFailed.of(field, maxFiles === 1 ? 'send one file' : `send at most ${pictures} and ${documents}`);
};

function toProblem(error: unknown, counts: FileCounts): Error {
  if (error instanceof DomainError) return error;
  if (!(error instanceof MulterError)) return malformedUpload(counts.field, error);
  if (error.code === 'LIMIT_FILE_COUNT') return tooMany(counts);
  return ValidationFailed.of(error.field ?? counts.field, error.message.toLowerCase());
}
