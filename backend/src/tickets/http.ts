import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Response } from 'express';
import { ValidationFailed } from '../common';
import type { TicketDto } from './dto/ticket.dto';

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

/** Sets the strong ETag of the caller's own version. */
export function withETag(response: Response, ticket: TicketDto): TicketDto {
  response.setHeader('ETag', `"${ticket.version}"`);
  return ticket;
}
