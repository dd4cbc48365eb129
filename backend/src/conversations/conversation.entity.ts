import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '../database';

/** The two counters of a ticket's timeline. Its row is the lock that every change of the ticket takes first. */
@Entity('conversations')
export class Conversation {
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  /** The number of the last event. */
  @Column({ type: 'int' }) staffSeq!: number;
  /** The number of the last event that customers may see, in their own numbering. */
  @Column({ type: 'int' }) publicSeq!: number;
  /** Names the numbering; a restore from backup makes a new one. */
  @IdColumn() stream!: string;
  /** Something was written since the words of the ticket were last looked at. */
  @Column({ type: 'boolean', select: false }) unsearched?: boolean;
}
