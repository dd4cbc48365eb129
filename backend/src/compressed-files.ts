import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

const pack = promisify(gzip);

const TEXT_FILES = new Set(['.js', '.css', '.svg', '.json', '.webmanifest']);

/**
 * Sends the text files below `folder` gzipped to whoever takes that; each is packed once, when it is first asked for.
 * Everything else is left to the next handler.
 */
export function compressedFiles(folder: string, cacheControl: (path: string) => string): RequestHandler {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    TEXT_FILES.has(extname(name)),
  );
  const files = new Map(names.map((name) => [`/${name.split(sep).join('/')}`, join(folder, name)]));
  const packed = new Map<string, Promise<Buffer>>();

  return (request, response, next) => {
    const file = files.get(request.path);
    if (!file || !['GET', 'HEAD'].includes(request.method)) return next();
    response.vary('Accept-Encoding');
    if (!request.acceptsEncodings('gzip')) return next();
    const bytes = packed.get(file) ?? readFile(file).then((content) => pack(content, { level: 9 }));
    packed.set(file, bytes);
    bytes.then((body) => {
      response.set({ 'Content-Encoding': 'gzip', 'Cache-Control': cacheControl(file) });
      response.type(extname(file)).send(body);
    }, next);
  };
}
