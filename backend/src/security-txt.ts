import type { RequestHandler } from 'express';
import type { Settings } from './config';

export const SECURITY_TXT_PATH = '/.well-known/security.txt';

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 90;

/**
 * Where to report a weakness of this installation (RFC 9116). It is written anew for every answer, so it never expires
 * unnoticed. Without a contact of its own, reports go where all requests for help go: into a ticket, which staff alone read.
 */
export function securityTxt({
  publicUrl,
  securityContact,
}: Pick<Settings, 'publicUrl' | 'securityContact'>): RequestHandler {
  return ({ method, path }, response, next) => {
    if (path !== '/' || !['GET', 'HEAD'].includes(method)) return next();
    const expires = new Date(Date.now() + VALID_DAYS * DAY_MS);
    const lines = [
      `Contact: ${securityContact ?? `${publicUrl}/tickets/new`}`,
      `Expires: ${expires.toISOString()}`,
      `Canonical: ${publicUrl}${SECURITY_TXT_PATH}`,
      'Preferred-Languages: en',
    ];
    response
      .set('Cache-Control', 'public, max-age=86400')
      .type('text/plain; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  };
}
