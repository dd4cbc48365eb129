import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, TimeColumn } from '../database';

/** One device of one person; ends by sign-out, by a change of password or rights, or by the re-use of an old token. */
@Entity('sign_ins')
export class SignIn {
  @IdPrimaryColumn() id!: string;
  @IdColumn() userId!: string;
  /** The public half of the refresh token, the same through all rotations. */
  @Column({ type: 'varchar', length: 43 }) family!: string;
  @Column({ type: 'varchar', length: 64 }) tokenHash!: string;
  @Column({ type: 'varchar', length: 64, nullable: true }) previousHash!: string | null;
  @TimeColumn({ nullable: true }) rotatedAt!: Date | null;
  @TimeColumn() createdAt!: Date;
  @TimeColumn() lastSeenAt!: Date;
  @TimeColumn() expiresAt!: Date;
  /** What the browser calls itself. */
  @Column({ type: 'varchar', length: 200 }) client!: string;
  /** Where the person was when signing in. */
  @Column({ type: 'varchar', length: 64, nullable: true }) address!: string | null;
  @TimeColumn({ nullable: true }) endedAt!: Date | null;
}
