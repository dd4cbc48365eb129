import { Column, Entity } from 'typeorm';
import type { Role } from '../access';
import { IdPrimaryColumn, JsonColumn, TimeColumn } from '../database';
import type { Preferences } from './preferences';

/** A person: customer, agent or admin. */
@Entity('users')
export class User {
  @IdPrimaryColumn() id!: string;
  /** As typed; mails go here. */
  @Column({ type: 'varchar', length: 254 }) email!: string;
  /** The canonical form, compared byte by byte. */
  @Column({ type: 'varchar', length: 254 }) emailKey!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  @Column({ type: 'varchar', length: 20 }) role!: Role;
  @Column({ type: 'boolean' }) active!: boolean;
  /** Null until an invitation is accepted. */
  @Column({ type: 'varchar', length: 255, nullable: true }) passwordHash!: string | null;
  @JsonColumn() preferences!: Preferences;
  @TimeColumn({ nullable: true }) confirmedAt!: Date | null;
  @TimeColumn({ nullable: true }) anonymisedAt!: Date | null;
  @TimeColumn() createdAt!: Date;
}
