import type { Attachment } from './attachment.entity';
import type { FileFacts } from './attachments.service';
import { kindOf } from './file-kinds';
import type { ByteRange } from './file-store';

/** On every answer where files are, refusals too: nothing in it may run, be taken for something else, or be kept. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
};

/** What a browser must know to show or save a file; the caller chooses none of it. */
export function downloadHeaders(
  attachment: Attachment,
  { mediaType, total, part }: FileFacts & { part?: ByteRange },
): Record<string, string> {
  return {
    ...SAFE_HEADERS,
    'Content-Type': mediaType,
    'Content-Disposition': disposition(attachment),
    'Accept-Ranges': 'bytes',
    'Content-Length': String(part ? part.end - part.start + 1 : total),
    ...(part && { 'Content-Range': `bytes ${part.start}-${part.end}/${total}` }),
  };
}

/** RFC 6266, with the name in ASCII for old clients and in full for the others. */
function disposition({ filename, mediaType }: Attachment): string {
  const type = kindOf(mediaType) === 'picture' ? 'inline' : 'attachment';
  const ascii = filename.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const full = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${ascii}"; filename*=UTF-8''${full}`;
}
