import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor, pageOf, type Page } from '../common';
import { engineOf, placeholders, Statements, type SqlValue } from '../database';
import type { AuditAction } from './audit-actions';
import { AUDIT_COLUMNS, momentText, type AuditRow } from './audit-rows';

/** Which entries are asked for; all that is given must hold. */
export interface AuditFilter {
  action?: readonly AuditAction[];
  actor?: string;
  object?: { type: string; id?: string };
  from?: Date;
  /** Entries at this moment are not among them. */
  to?: Date;
}

export interface AuditItem {
  id: string;
  at: string;
  actorId: string | null;
  address: string | null;
  action: string;
  object: { type: string; id: string } | null;
  data: Record<string, unknown>;
}

/** Reads the log, the newest entries first. Nothing of the application changes or removes an entry. */
@Injectable()
export class AuditReader {
  private readonly isMysql: boolean;

  constructor(
    dataSource: DataSource,
    private readonly statements: Statements,
  ) {
    this.isMysql = engineOf(dataSource.manager) === 'mysql';
  }

  async page(filter: AuditFilter, limit: number, cursor?: string): Promise<Page<AuditItem>> {
    const list = JSON.stringify(['audit', filter]);
    const { conditions, values } = conditionsOf(filter);
    if (cursor) {
      const [at, id] = decodeCursor(cursor, list) as [string, string];
      conditions.push('(at < ? OR (at = ? AND id < ?))');
      values.push(new Date(at), new Date(at), id);
    }
    const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
    // MariaDB would read all entries of a frequent action rather than walk along the index that has their order.
    const index = this.isMysql ? `FORCE INDEX (${indexFor(filter)})` : '';
    const rows = await this.statements.rows<AuditRow>(
      `SELECT ${AUDIT_COLUMNS.join(', ')} FROM audit_entries ${index} ${where} ORDER BY at DESC, id DESC LIMIT ${limit + 1}`,
      values,
    );
    return pageOf(rows.map(itemOf), limit, ({ at, id }) => encodeCursor([at, id], list));
  }
}

function conditionsOf({ action, actor, object, from, to }: AuditFilter): { conditions: string[]; values: SqlValue[] } {
  const parts: [string, readonly SqlValue[]][] = [];
  if (action?.length) parts.push([`action IN (${placeholders(action.length)})`, action]);
  if (actor) parts.push(['actorId = ?', [actor]]);
  if (object) parts.push(['objectType = ?', [object.type]]);
  if (object?.id) parts.push(['objectId = ?', [object.id]]);
  if (from) parts.push(['at >= ?', [from]]);
  if (to) parts.push(['at < ?', [to]]);
  return { conditions: parts.map(([sql]) => sql), values: parts.flatMap(([, values]) => values) };
}

function indexFor({ action, actor, object }: AuditFilter): string {
  if (object?.id) return 'IX_audit_entries_objectAt';
  if (actor) return 'IX_audit_entries_actor';
  if (action?.length === 1) return 'IX_audit_entries_action';
  return 'IX_audit_entries_at';
}

function itemOf({ id, at, actorId, address, action, objectType, objectId, data }: AuditRow): AuditItem {
  const object = objectType !== null && objectId !== null ? { type: objectType, id: objectId } : null;
  const facts = JSON.parse(data) as Record<string, unknown>;
  return { id, at: momentText(at), actorId, address, action, object, data: facts };
}
