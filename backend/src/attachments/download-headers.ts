import type { Attachment } from './attachment.entity';
import { kindOf } from './file-kinds';

/** What a browser must know to show or save a file without running anything in it; the caller chooses none of it. */
export function downloadHeaders(attachment: Attachment, mediaType: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': disposition(attachment),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
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
