import { DomainError } from '../common';
import type { ByteRange } from './file-store';

const ONE_RANGE = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * The part of a file that a Range header asks for (RFC 9110, section 14). Undefined means the whole: nothing was asked,
 * or something malformed, in another unit or of several parts, which a server may leave aside.
 *
 * @throws DomainError 416 when there is no such part
 */
export function partOf(range: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = ONE_RANGE.exec(range ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start > end) throw noSuchPart(size);
  return { start, end };
}

const noSuchPart = (size: number): DomainError =>
  new DomainError('range-not-satisfiable', `The file has ${size} bytes and no such part.`, {
    headers: { 'Content-Range': `bytes */${size}` },
  });
