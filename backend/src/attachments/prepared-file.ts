import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { assertWholeDocument } from './documents';
import type { FileKind, MediaType } from './file-kinds';
import { FileStore } from './file-store';
import type { ReceivedFile } from './file-receiver';
import { cleanPicture } from './pictures';
import { TempFiles } from './temp-files';

/** A file whose bytes are checked and stored for good; it waits for its row. */
export interface PreparedFile {
  readonly filename: string;
  readonly mediaType: MediaType;
  readonly kind: FileKind;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  readonly thumbnailKey: string | null;
  readonly sha256: string;
}

const newKey = (): string => randomBytes(16).toString('hex');

/** The way of a file from received to stored: slow work with the disk, never inside a unit of work. */
@Injectable()
export class FilePreparer {
  constructor(
    private readonly store: FileStore,
    private readonly tempFiles: TempFiles,
  ) {}

  /** Whatever it throws, nothing is left in the store. */
  async prepare(file: ReceivedFile): Promise<PreparedFile> {
    return file.kind === 'picture' ? this.preparePicture(file) : this.prepareDocument(file);
  }

  async discard({ storageKey, thumbnailKey }: PreparedFile): Promise<void> {
    await this.store.delete(storageKey);
    if (thumbnailKey) await this.store.delete(thumbnailKey);
  }

  private async preparePicture(file: ReceivedFile): Promise<PreparedFile> {
    const { bytes, thumbnail, width, height } = await cleanPicture(file);
    const storageKey = await this.storeBytes(bytes);
    try {
      const thumbnailKey = await this.storeBytes(thumbnail);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { ...namesOf(file), size: bytes.length, width, height, storageKey, thumbnailKey, sha256 };
    } catch (error) {
      await this.store.delete(storageKey);
      throw error;
    }
  }

  private async prepareDocument(file: ReceivedFile): Promise<PreparedFile> {
    await assertWholeDocument(file);
    const storageKey = newKey();
    await this.store.put(file.path, storageKey);
    const { size, sha256 } = file;
    return { ...namesOf(file), size, width: null, height: null, storageKey, thumbnailKey: null, sha256 };
  }

  private async storeBytes(bytes: Buffer): Promise<string> {
    const key = newKey();
    const path = await this.tempFiles.write(bytes);
    try {
      await this.store.put(path, key);
      return key;
    } catch (error) {
      await this.tempFiles.remove(path);
      throw error;
    }
  }
}

const namesOf = ({
  filename,
  mediaType,
  kind,
}: ReceivedFile): Pick<PreparedFile, 'filename' | 'mediaType' | 'kind'> => ({
  filename,
  mediaType,
  kind,
});
