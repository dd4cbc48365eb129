import { Readable } from 'node:stream';
import { Logger, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';

const logger = new Logger('Download');

/** Text that is made while it is sent, as a file to keep; what breaks off must not look complete. */
export function downloadOf(
  response: Response,
  text: AsyncGenerator<string>,
  { type, filename }: { type: string; filename: string },
): StreamableFile {
  const file = new StreamableFile(Readable.from(text), { type, disposition: `attachment; filename="${filename}"` });
  return file.setErrorHandler((error) => {
    logger.warn({ err: error }, 'A download broke off');
    response.destroy();
  });
}
