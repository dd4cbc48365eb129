import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one person has to do with one ticket, and how far they have read it, in both numberings. */
@Entity('participants')
export class Participant {
  @PrimaryColumn({ type: 'varchar', length: 36 }) userId!: string;
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  /** Is the assignee. */
  @Column({ type: 'boolean' }) holds!: boolean;
  /** Is the requester, or asked to be told. */
  @Column({ type: 'boolean' }) follows!: boolean;
  /** Has written a message. */
  @Column({ type: 'boolean' }) wrote!: boolean;
  @Column({ type: 'int' }) readStaffSeq!: number;
  @Column({ type: 'int' }) readPublicSeq!: number;
  /** Visible messages of others after the read mark, at most 1000. */
  @Column({ type: 'int' }) unread!: number;
  /** From here on, in the reader's own numbering, messages stay unread although they were read before. */
  @Column({ type: 'int', nullable: true }) unreadFrom!: number | null;
}
