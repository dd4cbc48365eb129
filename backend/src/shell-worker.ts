import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { RequestHandler } from 'express';

export const SHELL_WORKER_PATH = '/service-worker.js';

const FILES_PLACEHOLDER = '__CLIENT_FILES__';
/** What a page without a network has no use for, or gets in another way. */
const NOT_KEPT = new Set(['/index.html', SHELL_WORKER_PATH]);
const NOT_KEPT_KINDS = new Set(['.txt', '.map']);

/**
 * Sends the service worker of the built client with the list of the files it keeps. A new release has other names in
 * that list, and by that browsers see that there is one.
 */
export function shellWorker(folder: string): RequestHandler {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        `/${join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join('/')}`,
    )
    .filter((path) => !NOT_KEPT.has(path) && !NOT_KEPT_KINDS.has(extname(path)))
    .sort();
  const source = readFileSync(join(folder, SHELL_WORKER_PATH), 'utf8');
  const script = source.replace(`'${FILES_PLACEHOLDER}'`, () => JSON.stringify(files));

  return (request, response, next) => {
    if (request.path !== SHELL_WORKER_PATH || !['GET', 'HEAD'].includes(request.method)) return next();
    response.set('Cache-Control', 'no-cache').type('js').send(script);
  };
}
