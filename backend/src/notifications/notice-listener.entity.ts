import { Column, Entity } from 'typeorm';
import { IdPrimaryColumn } from '../database';

/** Staff who want to hear of more than tickets they have to do with; follows from their preferences. */
@Entity('notice_listeners')
export class NoticeListener {
  @IdPrimaryColumn() userId!: string;
  /** Of every new ticket. */
  @Column({ type: 'boolean' }) created!: boolean;
  /** Of what happens in all tickets. */
  @Column({ type: 'boolean' }) everything!: boolean;
}
