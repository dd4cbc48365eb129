import type { Request } from 'express';

/** `If-Match` of a request: one of these versions, or any. */
export type ExpectedVersion = readonly number[] | undefined;

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
