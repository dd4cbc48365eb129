import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, LongTextColumn, TimeColumn } from '../database';

/** A request that made something, or is about to; found again by person, route and the key the client chose. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  @IdPrimaryColumn() id!: string;
  @IdColumn() userId!: string;
  /** Method and path pattern. */
  @Column({ type: 'varchar', length: 100 }) route!: string;
  @Column({ type: 'varchar', length: 255 }) idempotencyKey!: string;
  /** Of path, body and files: tells a repeat from another request. */
  @Column({ type: 'varchar', length: 64 }) payloadHash!: string;
  @Column({ type: 'varchar', length: 10 }) state!: 'running' | 'done';
  /** Whoever holds it may finish; another takes over when the lease has ended, because the first one crashed. */
  @IdColumn() leaseToken!: string;
  /** By the clock of the database. */
  @TimeColumn() leaseUntil!: Date;
  /** What was made; it is shown anew to whoever repeats the request. */
  @IdColumn({ nullable: true }) resourceId!: string | null;
  /** The answer itself as JSON, where it is not the picture of one thing. */
  @LongTextColumn({ nullable: true }) answer!: string | null;
  @TimeColumn() expiresAt!: Date;
}
