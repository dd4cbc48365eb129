import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertWholeDocument } from './documents';
import type { ReceivedFile } from './file-receiver';

const BODY = '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj<</Type/Catalog>>endobj\n';
const END = 'trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF';

describe('a document', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-documents-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (text: string): Promise<void> => {
    const path = join(folder, 'document');
    const bytes = Buffer.from(text, 'latin1');
    writeFileSync(path, bytes);
    return assertWholeDocument({ path, size: bytes.length, field: 'file', filename: 'a.pdf' } as ReceivedFile);
  };

  it.each([
    ['ends where it ends', BODY + END],
    ['ends with a line', `${BODY}${END}\r\n`],
    ['is of version 2.0', `%PDF-2.0\n${END}\n`],
    ['was filled up with blanks', `${BODY}${END}${'\n'.repeat(200_000)}`],
    ['was filled up with NULs', `${BODY}${END}\n${'\0'.repeat(70_000)}`],
    ['was changed and has two ends', `${BODY}${END}\n2 0 obj<<>>endobj\n${END}\n`],
    ['has some words behind its end', `${BODY}${END}\n% made by a printer\n`],
    ['speaks of pages in its middle', `${BODY}${'%'.repeat(3_000)}<html><script>${'%'.repeat(3_000)}\n${END}`],
    ['holds bytes that look like the end of an archive', `${BODY}PK\x05\x06${'x'.repeat(40)}\n${END}`],
  ])('is taken when it %s', async (_what, text) => {
    await expect(check(text)).resolves.toBeUndefined();
  });

  it.each([
    ['has no end', BODY, 'damaged'],
    ['has only the word for the end', `${BODY}%%EOF`, 'damaged'],
    ['says not where its table is', `${BODY}startxref\n%%EOF`, 'damaged'],
    ['goes on long after its end', `${BODY}${END}\n${'x'.repeat(1_100)}`, 'damaged'],
    ['has no version', `%PDF-abc\n${END}`, 'damaged'],
    ['begins like a page', `%PDF-1.4\n<HTML>${END}`, 'web page'],
    ['begins with a script for a server', `%PDF-1.4\n<?php system($_GET[0]); ?>\n${END}`, 'web page'],
    ['ends like a page', `${BODY}${END}\n<script>alert(1)</script>`, 'web page'],
    ['ends like an archive', `${BODY}PK\x05\x06${'\0'.repeat(16)}\x18\0startxref\n9\n%%EOF\n123456`, 'archive'],
  ])('is refused when it %s', async (_what, text, rule) => {
    await expect(check(text)).rejects.toMatchObject({ status: 415, message: expect.stringContaining(rule) as string });
  });
});
