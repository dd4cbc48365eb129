import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, JsonColumn, LongTextColumn, TimeColumn } from '../database';

/** Work that a transaction promised; deleted once done. */
@Entity('outbox')
export class OutboxJob {
  @IdPrimaryColumn() id!: string;
  @Column({ type: 'varchar', length: 40 }) kind!: string;
  @JsonColumn() payload!: Record<string, unknown>;
  /** `parked` jobs failed too often and wait for a person. */
  @Column({ type: 'varchar', length: 10 }) state!: 'pending' | 'parked';
  @TimeColumn() runAfter!: Date;
  @TimeColumn({ nullable: true }) leaseUntil!: Date | null;
  @IdColumn({ nullable: true }) leaseToken!: string | null;
  @Column({ type: 'int' }) attempts!: number;
  @LongTextColumn({ nullable: true }) lastError!: string | null;
  @TimeColumn() createdAt!: Date;
}
