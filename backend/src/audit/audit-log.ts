import { Injectable } from '@nestjs/common';
import { Clock, newId, requestContext } from '../common';
import { insertRow, type Transaction } from '../database';
import type { AuditAction, AuditObject } from './audit-actions';
import { AuditEntry } from './audit-entry.entity';

export interface AuditRecord {
  action: AuditAction;
  actorId: string | null;
  object?: { type: AuditObject; id: string };
  /** Never secrets, tokens, passwords or message texts. */
  data?: Record<string, unknown>;
}

/** Writes the audit log inside the unit of work that does the deed: both are stored, or neither. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  async record(tx: Transaction, { action, actorId, object, data = {} }: AuditRecord): Promise<void> {
    await insertRow(tx.manager, AuditEntry, {
      id: newId(),
      at: this.clock.now(),
      actorId,
      address: requestContext.getStore()?.address ?? null,
      action,
      objectType: object?.type ?? null,
      objectId: object?.id ?? null,
      data,
      sealedIn: null,
    });
  }
}
