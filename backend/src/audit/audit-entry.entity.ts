import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, JsonColumn, TimeColumn } from '../database';

/** Who did what, when and from where. Rows are only ever added. */
@Entity('audit_entries')
export class AuditEntry {
  @IdPrimaryColumn() id!: string;
  @TimeColumn() at!: Date;
  /** Null when nobody was signed in. */
  @IdColumn({ nullable: true }) actorId!: string | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) address!: string | null;
  @Column({ type: 'varchar', length: 40 }) action!: string;
  @Column({ type: 'varchar', length: 20, nullable: true }) objectType!: string | null;
  @Column({ type: 'varchar', length: 36, nullable: true }) objectId!: string | null;
  @JsonColumn() data!: Record<string, unknown>;
  @Column({ type: 'int', nullable: true }) sealedIn!: number | null;
}
