import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, TimeColumn } from '../database';

export type TokenPurpose = 'invitation' | 'password-reset' | 'email';

/** A link in a mail that works once, and only the newest of its purpose. */
@Entity('one_time_tokens')
export class OneTimeToken {
  @IdPrimaryColumn() id!: string;
  @IdColumn() userId!: string;
  @Column({ type: 'varchar', length: 20 }) purpose!: TokenPurpose;
  @Column({ type: 'varchar', length: 64 }) tokenHash!: string;
  /** The address that the link confirms. */
  @Column({ type: 'varchar', length: 254, nullable: true }) email!: string | null;
  @TimeColumn() createdAt!: Date;
  @TimeColumn() expiresAt!: Date;
  @TimeColumn({ nullable: true }) usedAt!: Date | null;
}
