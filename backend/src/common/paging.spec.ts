import type { Request, Response } from 'express';
import { ValidationFailed } from './domain-error';
import { decodeCursor, encodeCursor, linkNext, pageOf } from './paging';

describe('a cursor', () => {
  it.each([[['2026-01-01T00:00:00.000Z', 1042]], [[null, 1]], [['Zoë 😀', 'id']], [[]]])('carries %j', (key) => {
    expect(decodeCursor(encodeCursor(key, 'tickets'), 'tickets')).toEqual(key);
  });

  it('is safe in an address', () => {
    expect(encodeCursor(['ÿ?&=#/+ 😀'.repeat(5), 1], 'tickets')).toMatch(/^[\w.-]+$/);
  });

  it('of another list is refused', () => {
    const cursor = encodeCursor([1], 'tickets sorted by createdAt');
    expect(() => decodeCursor(cursor, 'tickets sorted by priority')).toThrow(ValidationFailed);
  });

  it.each(['', '.', 'nonsense', 'a.b', 'W10.', '..', `${'x'.repeat(1000)}`])('that reads %j is refused', (cursor) => {
    expect(() => decodeCursor(cursor, 'tickets')).toThrow(ValidationFailed);
  });

  it('is refused when any character was changed', () => {
    const cursor = encodeCursor(['2026-01-01T00:00:00.000Z', 1042], 'tickets');
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => decodeCursor(changed, 'tickets')).toThrow(ValidationFailed);
    }
  });

  it('is refused when something was added behind it', () => {
    const cursor = encodeCursor([1042], 'tickets');
    expect(() => decodeCursor(`${cursor}.more`, 'tickets')).toThrow(ValidationFailed);
  });
});

describe('a page', () => {
  const cursorOf = (last: number): string => `after-${last}`;

  it('is the last one when no row too many was read', () => {
    expect(pageOf([1, 2, 3], 3, cursorOf)).toEqual({ items: [1, 2, 3], nextCursor: null });
    expect(pageOf([], 3, cursorOf)).toEqual({ items: [], nextCursor: null });
  });

  it('leaves out the row too many and goes on after the last one shown', () => {
    expect(pageOf([1, 2, 3, 4], 3, cursorOf)).toEqual({ items: [1, 2, 3], nextCursor: 'after-3' });
  });
});

describe('the link to the next page', () => {
  const linkFor = (originalUrl: string, nextCursor: string | null): string | undefined => {
    let link: string | undefined;
    const response = { setHeader: (_name: string, value: string) => (link = value) };
    linkNext({ originalUrl } as Request, response as unknown as Response, { items: [], nextCursor });
    return link;
  };

  it('keeps the filters and replaces the cursor', () => {
    expect(linkFor('/api/tickets?status=open&cursor=old&limit=2', 'new')).toBe(
      '</api/tickets?status=open&cursor=new&limit=2>; rel="next"',
    );
  });

  it('is absent on the last page', () => {
    expect(linkFor('/api/tickets', null)).toBeUndefined();
  });

  it('cannot be broken out of by what stands in the address', () => {
    expect(linkFor('/api/tickets?q=%3E%3B%20rel%3D%22evil%22', 'new')).toBe(
      '</api/tickets?q=%3E%3B+rel%3D%22evil%22&cursor=new>; rel="next"',
    );
  });
});
