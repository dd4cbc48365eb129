import { Column, Entity } from 'typeorm';
import { comparisonKey } from '../common';
import { IdPrimaryColumn, TimeColumn } from '../database';

/** What a ticket is about; customers choose one when they ask. */
@Entity('categories')
export class Category {
  @IdPrimaryColumn() id!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  /** The name as it is compared: byte by byte, without regard to case. */
  @Column({ type: 'varchar', length: 100 }) nameKey!: string;
  /** A line that helps to choose; may be empty. */
  @Column({ type: 'varchar', length: 200 }) hint!: string;
  @Column({ type: 'int' }) position!: number;
  /** Archived ones stay on old tickets but are not offered any more. */
  @TimeColumn({ nullable: true }) archivedAt!: Date | null;
}

export const nameKeyOf = (name: string): string => comparisonKey(name, 100);
