import {
  Injectable,
  mixin,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { finalize, type Observable } from 'rxjs';
import { ValidationFailed } from '../common';
import { Settings } from '../config';
import type { FilesField } from './attachment.errors';
import { FileReceiver, type ReceivedFile } from './file-receiver';
import { Multipart, type FileCounts } from './multipart';

type Store = (request: Request, files: ReceivedFile[]) => void;

/** Reads the files of a request for its handler, and removes afterwards what the handler did not take over. */
function uploadInterceptor(counts: (settings: Settings) => FileCounts, store: Store): Type<NestInterceptor> {
  @Injectable()
  class UploadInterceptor implements NestInterceptor {
    private readonly counts: FileCounts;

    constructor(
      private readonly multipart: Multipart,
      private readonly receiver: FileReceiver,
      settings: Settings,
    ) {
      this.counts = counts(settings);
    }

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const http = context.switchToHttp();
      const request = http.getRequest<Request>();
      const files = this.multipart.isMultipart(request)
        ? await this.multipart.read(request, http.getResponse<Response>(), this.counts)
        : [];
      store(request, files);
      return next.handle().pipe(finalize(() => void this.receiver.discard(files)));
    }
  }
  return mixin(UploadInterceptor);
}

/**
 * For the creation of tickets: up to the configured numbers of pictures and documents in `field` or `field[]`. The
 * handler gets `@UploadedFiles() files: ReceivedFile[]`; other requests pass with none.
 */
export const filesInterceptor = (field: FilesField): Type<NestInterceptor> =>
  uploadInterceptor(
    ({ files: { maxImages, maxPdfs } }) => ({
      field,
      maxPictures: maxImages,
      maxDocuments: maxPdfs,
      maxFiles: maxImages + maxPdfs,
    }),
    (request, files) => Object.assign(request, { files }),
  );

/** For one file of either kind, which must be there. The handler gets `@UploadedFile() file: ReceivedFile`. */
export const fileInterceptor = (field: FilesField): Type<NestInterceptor> =>
  uploadInterceptor(
    () => ({ field, maxPictures: 1, maxDocuments: 1, maxFiles: 1 }),
    (request, [file]) => {
      if (!file) throw ValidationFailed.of(field, 'a file is needed, sent as multipart/form-data');
      Object.assign(request, { file });
    },
  );
