import { DomainError, ValidationFailed } from '../common';

/** The field of a request that files come in; problems name it. */
export type FilesField = 'attachments' | 'file';

const refusal = (kind: 'unsupported-media' | 'too-large', field: FilesField, name: string, rule: string): DomainError =>
  new DomainError(kind, `“${name}” ${rule}.`, { errors: [{ path: field, message: `“${name}” ${rule}` }] });

/** The content of a file is not what may be attached, or not what its name says. */
export const wrongContent = (field: FilesField, name: string, rule: string): DomainError =>
  refusal('unsupported-media', field, name, rule);

export const infected = (field: FilesField, name: string): DomainError =>
  new DomainError('unsupported-media', `“${name}” holds a virus and was not stored.`, {
    code: 'infected',
    errors: [{ path: field, message: `“${name}” holds a virus` }],
  });

export const tooLarge = (field: FilesField, name: string, rule: string): DomainError =>
  refusal('too-large', field, name, rule);

const DISK_FULL = new Set<unknown>(['ENOSPC', 'EDQUOT']);

/** True when the disk, or the part of it that we may use, is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && DISK_FULL.has(error.code);

export const noSpace = (cause?: unknown): DomainError =>
  new DomainError('no-space', 'There is no room left for files on the server. Tell the people who run it.', { cause });

export const quotaExceeded = (quotaBytes: number): DomainError =>
  new DomainError(
    'too-large',
    `You have more than ${megabytes(quotaBytes)} of files waiting to be sent. Send those first, or wait a day until they expire.`,
  );

export const malformedUpload = (field: string, cause: unknown): DomainError =>
  Object.assign(ValidationFailed.of(field, 'the upload could not be read; send it as multipart/form-data'), { cause });

/** As people read sizes: `4 MB`, `900 kB`. */
export function megabytes(bytes: number): string {
  const [size, unit] =
    bytes >= 1_048_576 ? [bytes / 1_048_576, 'MB'] : bytes >= 1_024 ? [bytes / 1_024, 'kB'] : [bytes, 'bytes'];
  return `${Number(size.toFixed(1))} ${unit}`;
}
