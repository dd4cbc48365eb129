import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, TimeColumn } from '../database';
import type { MediaType } from './file-kinds';

/** `staged` until a message names it; `bound` to a ticket or message; `removed` with its message, its bytes gone. */
export type AttachmentState = 'staged' | 'bound' | 'removed';

/** The bytes as stored, or the small picture of them. */
export type AttachmentVariant = 'file' | 'thumbnail';

/** A file of a ticket or of one of its messages. */
@Entity('attachments')
export class Attachment {
  @IdPrimaryColumn() id!: string;
  @IdColumn() uploaderId!: string;
  @Column({ type: 'int' }) ticketNumber!: number;
  /** Null while staged, and for the files a ticket was created with. */
  @IdColumn({ nullable: true }) messageId!: string | null;
  /** Its place among the files of the same ticket or message, from 0. */
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'varchar', length: 10 }) state!: AttachmentState;
  /** Cleaned, for people; never part of a path. */
  @Column({ type: 'varchar', length: 255 }) filename!: string;
  @Column({ type: 'varchar', length: 100 }) mediaType!: MediaType;
  /** Bytes as stored. */
  @Column({ type: 'int' }) size!: number;
  @Column({ type: 'int', nullable: true }) width!: number | null;
  @Column({ type: 'int', nullable: true }) height!: number | null;
  @Column({ type: 'varchar', length: 100 }) storageKey!: string;
  @Column({ type: 'varchar', length: 100, nullable: true }) thumbnailKey!: string | null;
  /** Of the bytes as stored. */
  @Column({ type: 'varchar', length: 64 }) sha256!: string;
  @TimeColumn() createdAt!: Date;
}
