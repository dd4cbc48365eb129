import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { newNonce } from './client-files';
import type { Settings } from './config';

type WithNonce = ServerResponse & { locals?: Record<string, unknown> };
type HeaderSetter = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Sets what every answer carries: those of routes, of files, of sockets that poll, and of what never reached a route. */
export function securityHeaders(settings: Settings): HeaderSetter {
  const nonceOf = (_request: unknown, response: unknown): string =>
    `'nonce-${String((response as WithNonce).locals?.cspNonce)}'`;
  const https = settings.publicUrl.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // By nonce alone: what is imported by a script with a nonce has it too.
        scriptSrc: [nonceOf],
        styleSrc: [nonceOf],
        imgSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", webSocketOrigin(settings.publicUrl)],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        // The preview of a mail, which comes with a policy of its own.
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
        // The client never turns text into markup, so not even the framework's own policy is needed. This one can say a
        // single thing: the address of the service worker.
        trustedTypes: ['parley-shell-worker'],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response: WithNonce, next) => {
    response.locals = { ...response.locals, cspNonce: newNonce() };
    headers(request, response, next);
  };
}

const webSocketOrigin = (publicUrl: string): string => new URL(publicUrl).origin.replace(/^http/, 'ws');
