import { timeOf, type SqlTime } from '../database';

/** An entry as it is stored. */
export interface AuditRow {
  id: string;
  at: SqlTime;
  actorId: string | null;
  address: string | null;
  action: string;
  objectType: string | null;
  objectId: string | null;
  /** JSON. */
  data: string;
}

export const AUDIT_COLUMNS = ['id', 'at', 'actorId', 'address', 'action', 'objectType', 'objectId', 'data'] as const;

/** RFC 3339, whichever engine stored it. */
export const momentText = (at: SqlTime): string => timeOf(at).toISOString();
