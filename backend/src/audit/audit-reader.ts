import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor, pageOf, type Page } from '../common';
import { engineOf, Statements, type SqlValue } from '../database';
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

type Piece = Omit<AuditFilter, 'action'> & { action?: AuditAction };

interface Sql {
  sql: string;
  values: SqlValue[];
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
    const after = cursor ? (decodeCursor(cursor, list) as [string, string]) : undefined;
    const pieces = piecesOf(filter).map((piece) => this.piece(piece, limit + 1, after));
    const sql = pieces.length === 1 ? pieces[0].sql : merged(pieces, limit + 1);
    const rows = await this.statements.rows<AuditRow>(
      sql,
      pieces.flatMap(({ values }) => values),
    );
    return pageOf(rows.map(itemOf), limit, ({ at, id }) => encodeCursor([at, id], list));
  }

  private piece(filter: Piece, limit: number, after?: readonly [at: string, id: string]): Sql {
    const { conditions, values } = conditionsOf(filter);
    if (after) {
      const [at, id] = after;
      // The first half says where to begin to read; alone, the second would be asked of every entry before it.
      conditions.push('at <= ? AND (at < ? OR id < ?)');
      values.push(new Date(at), new Date(at), id);
    }
    const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
    // Both engines would choose otherwise now and then: all entries of a frequent action, all things of a kind.
    const index = this.isMysql ? `FORCE INDEX (${indexFor(filter)})` : `INDEXED BY ${indexFor(filter)}`;
    const sql = `SELECT ${AUDIT_COLUMNS.join(', ')} FROM audit_entries ${index} ${where}
      ORDER BY at DESC, id DESC LIMIT ${limit}`;
    return { sql, values };
  }
}

/** Several actions are read as one piece each, along the index that has their order, and merged. */
function piecesOf(filter: AuditFilter): Piece[] {
  const { action, ...others } = filter;
  const actions = [...new Set(action)];
  return actions.length ? actions.map((one) => ({ ...others, action: one })) : [others];
}

const merged = (pieces: readonly Sql[], limit: number): string =>
  `${pieces.map(({ sql }, index) => `SELECT * FROM (${sql}) AS piece${index}`).join(' UNION ALL ')}
    ORDER BY at DESC, id DESC LIMIT ${limit}`;

function conditionsOf({ action, actor, object, from, to }: Piece): { conditions: string[]; values: SqlValue[] } {
  const parts: [string, readonly SqlValue[]][] = [];
  if (action) parts.push(['action = ?', [action]]);
  if (actor) parts.push(['actorId = ?', [actor]]);
  if (object) parts.push(['objectType = ?', [object.type]]);
  if (object?.id) parts.push(['objectId = ?', [object.id]]);
  if (from) parts.push(['at >= ?', [from]]);
  if (to) parts.push(['at < ?', [to]]);
  return { conditions: parts.map(([sql]) => sql), values: parts.flatMap(([, values]) => values) };
}

function indexFor({ action, actor, object }: Piece): string {
  if (object?.id) return 'IX_audit_entries_objectAt';
  if (actor && action) return 'IX_audit_entries_actorAction';
  if (actor) return object ? 'IX_audit_entries_actorObject' : 'IX_audit_entries_actor';
  if (action) return 'IX_audit_entries_action';
  if (object) return 'IX_audit_entries_objectType';
  return 'IX_audit_entries_at';
}

function itemOf({ id, at, actorId, address, action, objectType, objectId, data }: AuditRow): AuditItem {
  const object = objectType !== null && objectId !== null ? { type: objectType, id: objectId } : null;
  const facts = JSON.parse(data) as Record<string, unknown>;
  return { id, at: momentText(at), actorId, address, action, object, data: facts };
}
