import { formatFileSize } from '../../shared/files/file-size';
import { t } from '../../shared/texts/text';

export type FileKind = 'image' | 'pdf';

export interface AttachmentRules {
  readonly maxImages: number;
  readonly maxPdfs: number;
  /** All kinds together. */
  readonly maxFiles: number;
  readonly imageMaxBytes: number;
  readonly pdfMaxBytes: number;
}

const MEBIBYTE = 1024 * 1024;
const SIZES = { imageMaxBytes: 4 * MEBIBYTE, pdfMaxBytes: 5 * MEBIBYTE };

/** The server's defaults; it has the last word. */
export const NEW_TICKET_RULES: AttachmentRules = { maxImages: 3, maxPdfs: 2, maxFiles: 5, ...SIZES };
export const MESSAGE_RULES: AttachmentRules = { maxImages: 5, maxPdfs: 5, maxFiles: 5, ...SIZES };

/** For `<input type="file" accept>`. */
export const ACCEPTED_FILES = 'image/png,image/jpeg,application/pdf,.png,.jpg,.jpeg,.pdf';

export interface RefusedFile {
  readonly name: string;
  /** A sentence that names the file and the rule. */
  readonly reason: string;
}

export interface CheckedFiles {
  readonly accepted: File[];
  readonly refused: RefusedFile[];
}

/** The kind a file claims to be; null for what is not taken at all. */
export function kindOf(file: Pick<File, 'name' | 'type'>): FileKind | null {
  const name = file.name.toLowerCase();
  if (file.type === 'image/png' || file.type === 'image/jpeg') return 'image';
  if (file.type === 'application/pdf') return 'pdf';
  if (file.type !== '') return null;
  if (/\.(png|jpe?g)$/.test(name)) return 'image';
  return name.endsWith('.pdf') ? 'pdf' : null;
}

/** Takes of `added` what fits beside `present`; the rest is refused one by one, with its reason. */
export function checkFiles(present: readonly File[], added: readonly File[], rules: AttachmentRules): CheckedFiles {
  const accepted: File[] = [];
  const refused: RefusedFile[] = [];
  for (const file of added) {
    const reason = reasonAgainst(file, [...present, ...accepted], rules);
    if (reason) refused.push({ name: file.name, reason });
    else accepted.push(file);
  }
  return { accepted, refused };
}

function reasonAgainst(file: File, present: readonly File[], rules: AttachmentRules): string | null {
  const kind = kindOf(file);
  if (kind === null) return t('conversation.file.kind', { name: file.name });
  if (file.size === 0) return t('conversation.file.empty', { name: file.name });
  const largest = kind === 'image' ? rules.imageMaxBytes : rules.pdfMaxBytes;
  if (file.size > largest) {
    const values = { name: file.name, size: formatFileSize(file.size), most: formatFileSize(largest) };
    return t(kind === 'image' ? 'conversation.file.pictureTooLarge' : 'conversation.file.pdfTooLarge', values);
  }
  if (present.some((other) => isSameFile(other, file))) return t('conversation.file.twice', { name: file.name });
  if (present.length >= rules.maxFiles)
    return t('conversation.file.tooMany', { name: file.name, count: rules.maxFiles });
  const ofKind = present.filter((other) => kindOf(other) === kind).length;
  if (kind === 'image' && ofKind >= rules.maxImages)
    return t('conversation.file.tooManyPictures', { name: file.name, count: rules.maxImages });
  if (kind === 'pdf' && ofKind >= rules.maxPdfs)
    return t('conversation.file.tooManyPdfs', { name: file.name, count: rules.maxPdfs });
  return null;
}

function isSameFile(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

/** Pasted pictures are all called "image.png"; a date makes them tell apart. */
export function withTellingName(file: File, now = new Date()): File {
  if (!/^image\.(png|jpe?g)$/i.test(file.name)) return file;
  const stamp = [
    now.getFullYear(),
    now.getMonth() + 1,
    now.getDate(),
    now.getHours(),
    now.getMinutes(),
    now.getSeconds(),
  ]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const extension = file.name.slice(file.name.lastIndexOf('.'));
  return new File([file], `pasted-${stamp}${extension}`, { type: file.type, lastModified: file.lastModified });
}

/** The files of a paste or drop, pasted pictures renamed. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].map((file) => withTellingName(file));
}
