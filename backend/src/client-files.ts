import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { compressedFiles } from './compressed-files';
import { SHELL_WORKER_PATH, shellWorker } from './shell-worker';

const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
/** The builder marks scripts alone, but the policy wants it of everything that is fetched as a script or a style. */
const UNMARKED_LINK = /<link rel="(?:stylesheet|modulepreload)"(?![^>]*\snonce=)/g;

/** The addresses that the client's router knows; any other is its friendly 404 page. */
const CLIENT_PATHS =
  /^\/(?:$|(?:login|register|reset-password|invite|confirm-email|unsubscribe|profile|notifications)\/?$|(?:tickets|portal|agent|admin)(?:\/|$))/;

const isForServer = (path: string): boolean => /^\/(?:api|socket\.io|health|metrics)(?:\/|$)/.test(path);

export const newNonce = (): string => randomBytes(16).toString('base64');

const marked = (page: string): string => page.replace(UNMARKED_LINK, '$& nonce="__CSP_NONCE__"');

/** Files with a hash in their name never change. */
const cacheControl = (path: string): string =>
  /(?:-[A-Z0-9]{8}|\bchunk-[\w-]{8})\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

/** The server's own addresses do not wait for a look at the disk. */
const exceptForServer =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    isForServer(request.path) ? next() : handler(request, response, next);

/** Serves the built client: files by their hashed names for ever, its page with a fresh nonce for every address. */
export function clientFiles(folder: string): RequestHandler[] {
  const pagePath = join(folder, 'index.html');
  const page = existsSync(pagePath) ? marked(readFileSync(pagePath, 'utf8')) : undefined;
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (response, path) => void response.setHeader('Cache-Control', cacheControl(path)),
  });
  return [
    ...(existsSync(join(folder, SHELL_WORKER_PATH)) ? [shellWorker(folder)] : []),
    ...(page === undefined ? [] : [exceptForServer(compressedFiles(folder, cacheControl))]),
    exceptForServer((request, response, next) => {
      if (request.path === '/index.html') next();
      else files(request, response, next);
    }),
    (request: Request, response: Response, next: NextFunction) => {
      if (isForServer(request.path) || page === undefined || !['GET', 'HEAD'].includes(request.method)) return next();
      const nonce = String(response.locals.cspNonce);
      response
        .status(CLIENT_PATHS.test(request.path) ? 200 : 404)
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(page.replace(NONCE_PLACEHOLDER, nonce));
    },
  ];
}
