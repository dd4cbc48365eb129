import type { Request } from 'express';
import type { Actor } from '../access';
import type { DomainError } from '../common';
import type { AccessDenials } from './access-denials';
import type { AuditObject } from './audit-actions';
import type { AuditRecord } from './audit-log';

/** What the parameters of paths name. */
const NAMED: readonly (readonly [parameter: string, type: AuditObject])[] = [
  ['messageId', 'message'],
  ['attachmentId', 'attachment'],
  ['ticketId', 'ticket'],
  ['userId', 'user'],
  ['categoryId', 'category'],
];
const ID = /^[\w-]{1,36}$/;

/** Looks at what a request was refused with, for the filter of errors. */
export const auditedDenials =
  (denials: AccessDenials) =>
  (error: DomainError, request: Request): void => {
    if (error.kind !== 'forbidden') return;
    denials.note({
      actorId: (request.user as Actor | undefined)?.id ?? null,
      object: objectOf(request.params),
      data: { code: error.code, route: `${request.method} ${routeOf(request)}` },
    });
  };

/** The pattern of the route, which holds nothing that anybody typed. */
const routeOf = ({ route }: Request): string => (route as { path?: string } | undefined)?.path ?? 'unknown';

function objectOf(params: Record<string, unknown>): AuditRecord['object'] {
  for (const [parameter, type] of NAMED) {
    const id = params[parameter];
    if (typeof id === 'string' && ID.test(id)) return { type, id };
  }
  return undefined;
}
