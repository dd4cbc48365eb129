import { createHash } from 'node:crypto';
import { momentText, type AuditRow } from './audit-rows';

/** What comes before the first link. */
export const CHAIN_START = '';

/** The digest of an entry and, through `previous`, of all entries sealed before it. */
export function linkOf(previous: string, row: AuditRow): string {
  const { id, at, actorId, address, action, objectType, objectId, data } = row;
  const content = [id, momentText(at), actorId, address, action, objectType, objectId, data];
  return createHash('sha256')
    .update(`${previous}\n${JSON.stringify(content)}`)
    .digest('hex');
}
