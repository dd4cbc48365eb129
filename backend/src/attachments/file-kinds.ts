export type FileKind = 'picture' | 'document';
export type MediaType = 'image/png' | 'image/jpeg' | 'application/pdf';

interface FileType {
  readonly mediaType: MediaType;
  readonly kind: FileKind;
  /** The first bytes of every such file. */
  readonly signature: Buffer;
  /** The first one is given to names that have none. */
  readonly extensions: readonly string[];
  /** Other names under which clients declare it. */
  readonly aliases: readonly string[];
}

/** All that may be attached. */
const FILE_TYPES: readonly FileType[] = [
  {
    mediaType: 'image/png',
    kind: 'picture',
    signature: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    extensions: ['png'],
    aliases: ['image/x-png'],
  },
  {
    mediaType: 'image/jpeg',
    kind: 'picture',
    signature: Buffer.from([0xff, 0xd8, 0xff]),
    extensions: ['jpg', 'jpeg'],
    aliases: ['image/jpg', 'image/pjpeg'],
  },
  {
    mediaType: 'application/pdf',
    kind: 'document',
    signature: Buffer.from('%PDF-'),
    extensions: ['pdf'],
    aliases: ['application/x-pdf'],
  },
];

/** So many bytes are enough to tell every type. */
export const SNIFF_BYTES = Math.max(...FILE_TYPES.map(({ signature }) => signature.length));

/** What a client sends when it does not know; a part that declares nothing is `text/plain` (RFC 7578, section 4.4). */
const UNDECLARED = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'text/plain']);

/** The type that the content itself shows. */
export const sniff = (head: Buffer): FileType | undefined =>
  FILE_TYPES.find(({ signature }) => head.subarray(0, signature.length).equals(signature));

export const kindOf = (mediaType: MediaType): FileKind => (mediaType === 'application/pdf' ? 'document' : 'picture');

/** Everything after the last dot, in lower case; empty without one. `.htaccess` is all extension. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
};

const agreesWithName = (type: FileType, name: string): boolean => {
  const extension = extensionOf(name);
  const hidesAnother = /%00/.test(name);
  return !hidesAnother && (!name.includes('.') || type.extensions.includes(extension));
};

const agreesWithDeclaration = (type: FileType, declared: string): boolean => {
  const plain = declared.toLowerCase();
  return UNDECLARED.has(plain) || plain === type.mediaType || type.aliases.includes(plain);
};

/** The rule that a file breaks, in words that follow its name; undefined when content, name and declared type agree. */
export function disagreement(type: FileType | undefined, name: string, declared: string): string | undefined {
  if (!type) return 'is not a PNG or JPEG picture or a PDF document';
  const what = type.extensions[0].toUpperCase();
  if (!agreesWithName(type, name)) return `is a ${what} file inside, but its name says something else`;
  if (!agreesWithDeclaration(type, declared)) return `is a ${what} file inside, but was sent as ${declared}`;
  return undefined;
}
