import { createHash } from 'node:crypto';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { ValidationFailed } from './domain-error';

/** What every list takes. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 25;

  /** Opaque; taken from the `Link` header of the page before. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  readonly cursor?: string;
}

/** One page, and where the next one starts. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export type CursorKey = (string | number | null)[];

const sealOf = (payload: string, list: string): string =>
  createHash('sha256').update(`${list}\n${payload}`).digest('base64url').slice(0, 16);

/**
 * An opaque place in a list: the sort key of the last row shown. `list` names the order and filters it belongs to; a
 * cursor that was changed, or comes from another list, is refused.
 */
export function encodeCursor(key: CursorKey, list: string): string {
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${sealOf(payload, list)}`;
}

export function decodeCursor(cursor: string, list: string): CursorKey {
  const [payload = '', seal, ...more] = cursor.split('.');
  if (more.length || seal !== sealOf(payload, list))
    throw ValidationFailed.of('cursor', 'is not a cursor of this list');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as CursorKey;
}

/** Cuts the one row too many that was read to learn whether there is more. */
export function pageOf<Item>(rows: Item[], limit: number, cursorOf: (last: Item) => string): Page<Item> {
  if (rows.length <= limit) return { items: rows, nextCursor: null };
  const items = rows.slice(0, limit);
  return { items, nextCursor: cursorOf(items[items.length - 1]) };
}

/** Announces the next page as RFC 8288 asks, keeping the filters of this one. */
export function linkNext(request: Request, response: Response, page: Page<unknown>): void {
  if (!page.nextCursor) return;
  const url = new URL(request.originalUrl, 'http://here');
  url.searchParams.set('cursor', page.nextCursor);
  response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
