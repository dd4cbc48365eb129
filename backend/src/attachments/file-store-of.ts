import type { Settings } from '../config';
import type { FileStore } from './file-store';
import { LocalFileStore } from './local-file-store';
import { S3FileStore } from './s3-file-store';

/** The store that the settings name. */
export const fileStoreOf = async (settings: Settings): Promise<FileStore> =>
  settings.storage ? S3FileStore.at(settings.storage) : new LocalFileStore(settings);
