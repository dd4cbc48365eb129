import { Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn } from '../../database';
import type { StaffDefaultsPatch } from './staff-defaults.dto';

/** What admins changed about the preferences that new staff begin with: one row. */
@Entity('staff_defaults')
export class StaffDefaults {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id!: string;
  @JsonColumn() preferences!: StaffDefaultsPatch;
}
