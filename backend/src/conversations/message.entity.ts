import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, LongTextColumn, TimeColumn } from '../database';

export const MESSAGE_KINDS = ['chat', 'comment', 'note'] as const;
/** The live word, the word kept on record, the word among staff. */
export type MessageKind = (typeof MESSAGE_KINDS)[number];

@Entity('messages')
export class Message {
  @IdPrimaryColumn() id!: string;
  @Column({ type: 'int' }) ticketNumber!: number;
  @Column({ type: 'int' }) staffSeq!: number;
  /** Null for notes. */
  @Column({ type: 'int', nullable: true }) publicSeq!: number | null;
  @Column({ type: 'varchar', length: 20 }) kind!: MessageKind;
  @LongTextColumn() body!: string;
  @IdColumn() authorId!: string;
  /** Chosen by the sender; with the author it names this message for ever. */
  @IdColumn() clientMsgId!: string;
  /** Of ticket, kind, body and files as first sent: tells a repeat from a clash. */
  @Column({ type: 'varchar', length: 64 }) payloadHash!: string;
  @TimeColumn() createdAt!: Date;
  @TimeColumn({ nullable: true }) editedAt!: Date | null;
  @TimeColumn({ nullable: true }) removedAt!: Date | null;
}
