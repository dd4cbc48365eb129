import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, IdPrimaryColumn, LongTextColumn, TimeColumn } from '../database';

/** A text that staff insert into what they write. */
@Entity('canned_replies')
export class CannedReply {
  @IdPrimaryColumn() id!: string;
  /** Whose own it is; of a shared one, who wrote it first. */
  @IdColumn() userId!: string;
  @Column({ type: 'boolean' }) shared!: boolean;
  /** Within what the key is the only one: the owner's id, or `shared`. */
  @IdColumn() keyScope!: string;
  /** A short word to find it by. */
  @Column({ type: 'varchar', length: 40 }) replyKey!: string;
  @Column({ type: 'varchar', length: 100 }) title!: string;
  /** The title as it is sorted. */
  @Column({ type: 'varchar', length: 100 }) titleKey!: string;
  @LongTextColumn() body!: string;
  /** Key, title and text as they are searched. */
  @LongTextColumn() words!: string;
  @Column({ type: 'boolean' }) inReply!: boolean;
  @Column({ type: 'boolean' }) inNote!: boolean;
  @Column({ type: 'int' }) uses!: number;
  @TimeColumn({ nullable: true }) lastUsedAt!: Date | null;
  /** Goes up with every change of the text; being used is none. */
  @Column({ type: 'int' }) version!: number;
  @TimeColumn() createdAt!: Date;
  @TimeColumn() updatedAt!: Date;
}

/** What a canned reply said from one change to the next. */
@Entity('canned_reply_versions')
export class CannedReplyVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 }) replyId!: string;
  @PrimaryColumn({ type: 'int' }) version!: number;
  @IdColumn() authorId!: string;
  @TimeColumn() at!: Date;
  @Column({ type: 'varchar', length: 40 }) replyKey!: string;
  @Column({ type: 'varchar', length: 100 }) title!: string;
  @LongTextColumn() body!: string;
  @Column({ type: 'boolean' }) inReply!: boolean;
  @Column({ type: 'boolean' }) inNote!: boolean;
}
