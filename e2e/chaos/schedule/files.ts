import { uuidv7 } from 'uuidv7';
import type { OutgoingFile } from '../../../frontend/src/app/domain/conversations/engine/outgoing-messages';

/** A document of one empty page, of which no two are the same. */
export function newFile(number: number): OutgoingFile {
  const text = [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
    `% page ${number}`,
    'trailer<</Root 1 0 R/Size 4>>',
    'startxref\n0\n%%EOF\n',
  ].join('\n');
  const blob = new Blob([text], { type: 'application/pdf' });
  const { size, type: mediaType } = blob;
  return { id: uuidv7(), name: `page-${number}.pdf`, mediaType, size, blob, attachment: null };
}
