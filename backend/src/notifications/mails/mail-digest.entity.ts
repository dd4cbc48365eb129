import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../database';

/** What a person is still to be told of one ticket by one mail, unless they read it before. */
@Entity('mail_digests')
export class MailDigest {
  @PrimaryColumn({ type: 'varchar', length: 36 }) userId!: string;
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  /** From this event of the ticket on, in the numbering of staff. */
  @Column({ type: 'int' }) fromSeq!: number;
  /** Mails that could not go out yet are in it, and not only what was said in chat. */
  @Column({ type: 'boolean' }) held!: boolean;
  /** By the time of the database. */
  @TimeColumn() dueAt!: Date;
}
