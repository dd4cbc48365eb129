import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ValidationFailed } from '../common';
import type { TicketDto } from './dto/ticket.dto';
import type { ExpectedVersion } from './tickets.service';

const MAX_NUMBER = 2_147_483_647;

/** A ticket number from a path: digits only. */
@Injectable()
export class ParseTicketId implements PipeTransform<string, number> {
  transform(value: string): number {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (!(number <= MAX_NUMBER)) throw ValidationFailed.of('ticketId', 'must be a ticket number');
    return number;
  }
}

/** No version that exists: a weak or unknown tag never matches (RFC 9110, section 13.1.1). */
const NO_VERSION = -1;

/** The version a change is made against; undefined when the caller does not care. */
export function expectedVersion(request: Request): ExpectedVersion {
  const header = request.get('if-match')?.trim();
  if (!header || header === '*') return undefined;
  return Number(/^"(\d+)"$/.exec(header)?.[1] ?? NO_VERSION);
}

/** Sets the strong ETag of the caller's own version. */
export function withETag(response: Response, ticket: TicketDto): TicketDto {
  response.setHeader('ETag', `"${ticket.version}"`);
  return ticket;
}
