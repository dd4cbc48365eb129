import { Injectable } from '@nestjs/common';
import { Statements } from '../database';
import { CHAIN_START, linkOf } from './audit-chain';
import { AUDIT_COLUMNS, type AuditRow } from './audit-rows';

const BATCH = 1_000;
const MOST_NAMED = 20;

/** The first place where the log is not what was sealed. */
export interface AuditDamage {
  /** `removed`: entry or seal is gone; `changed`: the entry, or its place in the chain, is not the sealed one. */
  kind: 'removed' | 'changed';
  position: number;
  /** Unknown when entry and seal are both gone. */
  entryId: string | null;
}

export interface AuditVerdict {
  /** Where the chain ends. Kept elsewhere, it shows whether the end was cut off or everything was written anew. */
  head: { position: number; hash: string };
  damage: AuditDamage | null;
  /** Entries without a seal: those of the last seconds, or forged ones. The first of them by id. */
  unsealed: { count: number; ids: string[] };
}

/** A seal, and its entry unless that is gone. */
type SealedRow = { position: number; entryId: string; hash: string; sealedIn: number | null } & (
  AuditRow | { id: null }
);

const SEALED = `SELECT s.position, s.entryId, s.hash, e.sealedIn, ${AUDIT_COLUMNS.map((name) => `e.${name}`).join(', ')}
  FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.entryId
  WHERE s.position > ? ORDER BY s.position LIMIT ${BATCH}`;
const UNSEALED = 'FROM audit_entries e LEFT JOIN audit_seals s ON s.entryId = e.id WHERE s.entryId IS NULL';

/** Reads the whole log against the hash chain; it changes nothing. */
@Injectable()
export class AuditVerifier {
  constructor(private readonly statements: Statements) {}

  async verify(): Promise<AuditVerdict> {
    // Read first: what is sealed while the chain is walked comes behind this place.
    const [head] = await this.statements.rows<AuditVerdict['head']>('SELECT position, hash FROM audit_heads', []);
    const unsealed = await this.unsealed();
    return { head, damage: await this.firstDamage(head), unsealed };
  }

  private async firstDamage(head: AuditVerdict['head']): Promise<AuditDamage | null> {
    let position = 0;
    let hash = CHAIN_START;
    for (;;) {
      const rows = await this.statements.rows<SealedRow>(SEALED, [position]);
      for (const row of rows) {
        position += 1;
        if (row.position !== position) return this.missingSeal(position);
        if (row.id === null) return { kind: 'removed', position, entryId: row.entryId };
        hash = linkOf(hash, row);
        const isSealed =
          row.hash === hash && row.sealedIn === position && (position !== head.position || head.hash === hash);
        if (!isSealed) return { kind: 'changed', position, entryId: row.entryId };
      }
      if (rows.length < BATCH) return position < head.position ? this.missingSeal(position + 1) : null;
    }
  }

  private async missingSeal(position: number): Promise<AuditDamage> {
    const [entry] = await this.statements.rows<{ id: string }>('SELECT id FROM audit_entries WHERE sealedIn = ?', [
      position,
    ]);
    return { kind: 'removed', position, entryId: entry?.id ?? null };
  }

  private async unsealed(): Promise<AuditVerdict['unsealed']> {
    const [{ count }] = await this.statements.rows<{ count: number | string }>(
      `SELECT COUNT(*) AS count ${UNSEALED}`,
      [],
    );
    const rows = await this.statements.rows<{ id: string }>(
      `SELECT e.id ${UNSEALED} ORDER BY e.id LIMIT ${MOST_NAMED}`,
      [],
    );
    return { count: Number(count), ids: rows.map(({ id }) => id) };
  }
}
