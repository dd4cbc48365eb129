import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { assertWholeDocument } from './documents';
import type { FileKind, MediaType } from './file-kinds';
import { FileStore } from './file-store';
import type { ReceivedFile } from './file-receiver';
import { Pictures, type PicturePlaces } from './pictures';
import { TempFiles } from './temp-files';
import { VirusScanner } from './virus-scanner';

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
  private readonly logger = new Logger(FilePreparer.name);

  constructor(
    private readonly store: FileStore,
    private readonly tempFiles: TempFiles,
    private readonly pictures: Pictures,
    private readonly scanner: VirusScanner,
  ) {}

  /** Whatever it throws, no bytes are left that somebody could open. What costs little is asked first. */
  async prepare(file: ReceivedFile): Promise<PreparedFile> {
    await (file.kind === 'picture' ? this.pictures.assertDecodable(file) : assertWholeDocument(file));
    await this.scanner.assertClean(file);
    return file.kind === 'picture' ? this.preparePicture(file) : this.prepareDocument(file);
  }

  async discard({ storageKey, thumbnailKey }: PreparedFile): Promise<void> {
    await this.tryToDelete(storageKey);
    if (thumbnailKey) await this.tryToDelete(thumbnailKey);
  }

  private async preparePicture(file: ReceivedFile): Promise<PreparedFile> {
    const places = { output: this.tempFiles.newPath(), thumbnail: this.tempFiles.newPath() };
    try {
      const facts = await this.pictures.clean(file, places);
      return { ...namesOf(file), ...facts, ...(await this.storeBoth(places)) };
    } finally {
      await this.tempFiles.remove(places.output);
      await this.tempFiles.remove(places.thumbnail);
    }
  }

  private async prepareDocument(file: ReceivedFile): Promise<PreparedFile> {
    const storageKey = await this.storeFile(file.path);
    const { size, sha256 } = file;
    return { ...namesOf(file), size, width: null, height: null, storageKey, thumbnailKey: null, sha256 };
  }

  private async storeBoth(places: PicturePlaces): Promise<Pick<PreparedFile, 'storageKey' | 'thumbnailKey'>> {
    const storageKey = await this.storeFile(places.output);
    try {
      return { storageKey, thumbnailKey: await this.storeFile(places.thumbnail) };
    } catch (error) {
      await this.tryToDelete(storageKey);
      throw error;
    }
  }

  /** No row names the bytes, so what fails here is left to the sweeper. */
  private async tryToDelete(key: string): Promise<void> {
    await this.store
      .delete(key)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Bytes that nobody needs could not be deleted'));
  }

  private async storeFile(path: string): Promise<string> {
    const key = newKey();
    await this.store.put(path, key);
    return key;
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
