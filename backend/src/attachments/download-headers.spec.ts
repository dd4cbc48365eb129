import type { Attachment } from './attachment.entity';
import { downloadHeaders } from './download-headers';

const headersOf = (filename: string, mediaType: string): Record<string, string> =>
  downloadHeaders({ filename, mediaType } as Attachment, { mediaType, total: 1_000 });

describe('downloadHeaders', () => {
  it('never shows a document inside the page', () => {
    expect(headersOf('a.pdf', 'application/pdf')['Content-Disposition']).toMatch(/^attachment;/);
    expect(headersOf('a.png', 'image/png')['Content-Disposition']).toMatch(/^inline;/);
  });

  it('writes a name in ASCII and in full', () => {
    expect(headersOf(`Prüfung 'ä' 100%.png`, 'image/png')['Content-Disposition']).toBe(
      `inline; filename="Pr_fung '_' 100_.png"; filename*=UTF-8''Pr%C3%BCfung%20%27%C3%A4%27%20100%25.png`,
    );
  });

  it('says which part of a file it is', () => {
    const attachment = { filename: 'a.png', mediaType: 'image/png' } as Attachment;
    const facts = { mediaType: 'image/png', total: 1_000 };
    expect(downloadHeaders(attachment, { ...facts, part: { start: 10, end: 19 } })).toMatchObject({
      'Content-Range': 'bytes 10-19/1000',
      'Content-Length': '10',
    });
    expect(downloadHeaders(attachment, facts)).not.toHaveProperty('Content-Range');
    expect(downloadHeaders(attachment, facts)).toMatchObject({ 'Content-Length': '1000', 'Accept-Ranges': 'bytes' });
  });

  it('lets nothing in the file run', () => {
    expect(headersOf('a.png', 'image/png')).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-store',
    });
  });
});
