import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, TimeColumn } from '../database';

/** One link of the chain: a digest of an entry and of all entries sealed before it. */
@Entity('audit_seals')
export class AuditSeal {
  /** From 1, without gaps. */
  @PrimaryColumn({ type: 'int' }) position!: number;
  @IdColumn() entryId!: string;
  @Column({ type: 'varchar', length: 64 }) hash!: string;
  @TimeColumn() sealedAt!: Date;
}

/** Where the chain ends, and which node is making it longer. One row. */
@Entity('audit_heads')
export class AuditHead {
  @PrimaryColumn({ type: 'int' }) id!: number;
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'varchar', length: 64 }) hash!: string;
  @IdColumn({ nullable: true }) leaseToken!: string | null;
  @TimeColumn({ nullable: true }) leaseUntil!: Date | null;
}
