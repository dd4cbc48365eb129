import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, JsonColumn, LongTextColumn, TimeColumn } from '../database';

export const TICKET_STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const TICKET_PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** A customer's request for help. What customers must not notice has a column of its own beside the public one. */
@Entity('tickets')
export class Ticket {
  /** The ticket number, from 1001. */
  @PrimaryGeneratedColumn() number!: number;
  @IdColumn() requesterId!: string;
  /** Null while the ticket waits in the queue. */
  @IdColumn({ nullable: true }) assigneeId!: string | null;
  @IdColumn({ nullable: true }) categoryId!: string | null;
  @Column({ type: 'varchar', length: 200 }) subject!: string;
  @LongTextColumn() description!: string;
  @Column({ type: 'varchar', length: 20 }) status!: TicketStatus;
  /** The place of the status in its order, for sorting. */
  @Column({ type: 'int' }) statusRank!: number;
  @Column({ type: 'varchar', length: 20 }) priority!: TicketPriority;
  @Column({ type: 'int' }) priorityRank!: number;
  @JsonColumn() tags!: string[];
  /** Goes up by one per request that changes a field. */
  @Column({ type: 'int' }) version!: number;
  @Column({ type: 'int' }) publicVersion!: number;
  @TimeColumn() createdAt!: Date;
  /** The time of the last event. */
  @TimeColumn() updatedAt!: Date;
  @TimeColumn() publicUpdatedAt!: Date;
  @TimeColumn({ nullable: true }) lastMessageAt!: Date | null;
  @IdColumn({ nullable: true }) lastMessageAuthorId!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) lastMessageExcerpt!: string | null;
  @TimeColumn({ nullable: true }) publicLastMessageAt!: Date | null;
  @IdColumn({ nullable: true }) publicLastMessageAuthorId!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) publicLastMessageExcerpt!: string | null;
  /** The customer waits for a word: from the creation or their word on, until staff answer or say that none is needed. */
  @Column({ type: 'boolean' }) needsReply!: boolean;
  /** The first public word of staff. */
  @TimeColumn({ nullable: true }) firstRespondedAt!: Date | null;
  @TimeColumn({ nullable: true }) resolvedAt!: Date | null;
  @TimeColumn({ nullable: true }) closedAt!: Date | null;
  /** How often it was resolved or closed and then opened again. */
  @Column({ type: 'int' }) reopenCount!: number;
  @TimeColumn({ nullable: true }) deletedAt!: Date | null;
}

/** One row for each tag of a ticket, so that lists can be filtered by tag. */
@Entity('ticket_tags')
export class TicketTag {
  @PrimaryColumn({ type: 'varchar', length: 40 }) tag!: string;
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
}

/** A tag that was ever used, to choose from. */
@Entity('tags')
export class Tag {
  @PrimaryColumn({ type: 'varchar', length: 40 }) tag!: string;
  /** The tag as it is found by its beginning. */
  @Column({ type: 'varchar', length: 80 }) tagKey!: string;
  /** How many tickets have it. */
  @Column({ type: 'int' }) uses!: number;
  /** What requests name it by; a tag that is renamed keeps it. */
  @IdColumn({ nullable: true }) id!: string;
  /** Its tickets are about to get `movesTo` instead, or to lose it. */
  @Column({ type: 'boolean' }) isMoving!: boolean;
  @Column({ type: 'varchar', length: 40, nullable: true }) movesTo!: string | null;
}
