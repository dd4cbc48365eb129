import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ValidationFailed } from '../common';
import type { TicketDto } from './dto/ticket.dto';
import type { ExpectedVersion } from './tickets.service';

export const MAX_TICKET_NUMBER = 2_147_483_647;

/** A ticket number from a path: digits only. */
@Injectable()
export class ParseTicketId implements PipeTransform<string, number> {
  transform(value: string): number {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (!(number <= MAX_TICKET_NUMBER)) throw ValidationFailed.of('ticketId', 'must be a ticket number');
    return number;
  }
}

const ENTITY_TAG = /(?<weak>W\/)?"(?<tag>[\x21\x23-\x7e\x80-\xff]*)"/g;
const VERSION = /^[1-9]\d{0,9}$/;

/**
 * The versions a change may be made against; undefined when the caller does not care. `If-Match` compares strongly (RFC
 * 9110, section 13.1.1): a weak tag matches nothing, nor does what is not a version of ours.
 */
export function expectedVersion(request: Request): ExpectedVersion {
  const header = request.get('if-match')?.trim();
  if (!header || header === '*') return undefined;
  return [...header.matchAll(ENTITY_TAG)]
    .filter(({ groups }) => groups?.weak === undefined && VERSION.test(groups?.tag ?? ''))
    .map(({ groups }) => Number(groups?.tag));
}

/** Sets the strong ETag of the caller's own version. */
export function withETag(response: Response, ticket: TicketDto): TicketDto {
  response.setHeader('ETag', `"${ticket.version}"`);
  return ticket;
}
