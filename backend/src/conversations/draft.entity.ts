import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, JsonColumn, LongTextColumn, TimeColumn } from '../database';
import type { MessageKind } from './message.entity';

/** What a person has begun to write in a ticket and not sent yet: one per kind. Nobody else ever sees it. */
@Entity('drafts')
export class Draft {
  @PrimaryColumn({ type: 'varchar', length: 36 }) userId!: string;
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  @PrimaryColumn({ type: 'varchar', length: 20 }) kind!: MessageKind;
  /** Chosen when the draft is begun; the message that it becomes has the same. */
  @IdColumn() clientMsgId!: string;
  @LongTextColumn() body!: string;
  /** Staged files in their order; those that have expired are left out when the draft is shown. */
  @JsonColumn() attachmentIds!: string[];
  /** What the author had seen of the timeline when the draft was begun, in the author's numbering. */
  @Column({ type: 'int' }) baseSeq!: number;
  @TimeColumn() updatedAt!: Date;
}
