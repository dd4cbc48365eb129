import type { MediaType } from './file-kinds';

/** More than any camera of today takes in one picture that fits the limit of bytes. */
export const MAX_PIXELS = 50_000_000;
/** A decoder that takes more ends itself; a photo takes 150 MB, and the worst that may come in about 500. */
export const MAX_RESIDENT_BYTES = 640 * 1_048_576;
/**
 * How a decoder ends that took too much memory. By a signal, because an orderly exit would first wait for what the
 * library is doing.
 */
export const TOO_MUCH_MEMORY = 'SIGUSR2';

/** What the server asks of a decoder process. */
export interface PictureTask {
  readonly input: string;
  readonly mediaType: MediaType;
  /** Where the clean picture is written. */
  readonly output: string;
  /** Where the small picture of it is written. */
  readonly thumbnail: string;
  readonly maxResidentBytes: number;
}

export interface CleanPicture {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly sha256: string;
}

/** `broken`: the picture cannot be decoded. `failed`: the machine could not, for a reason of its own. */
export type PictureAnswer =
  | ({ readonly outcome: 'clean' } & CleanPicture)
  | { readonly outcome: 'broken'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly code: 'ENOSPC' | 'EIO' };
