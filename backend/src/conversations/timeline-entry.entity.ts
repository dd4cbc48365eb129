import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, JsonColumn, TimeColumn } from '../database';

export const TIMELINE_EVENT_TYPES = [
  'ticket.created',
  'ticket.deleted',
  'ticket.restored',
  'message.created',
  'message.edited',
  'message.removed',
  'status.changed',
  'priority.changed',
  'assignee.changed',
  'category.changed',
  'subject.changed',
  'tags.changed',
  'description.changed',
  'needs-reply.changed',
] as const;
export type TimelineEventType = (typeof TIMELINE_EVENT_TYPES)[number];

/** One change of a ticket, as stored. People are kept by id: their names are those of today when it is read. */
@Entity('timeline_events')
export class TimelineEntry {
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  @PrimaryColumn({ type: 'int' }) staffSeq!: number;
  /** Null for what only staff may see. */
  @Column({ type: 'int', nullable: true }) publicSeq!: number | null;
  @IdColumn() id!: string;
  @Column({ type: 'varchar', length: 40 }) type!: TimelineEventType;
  @IdColumn() actorId!: string;
  @TimeColumn() at!: Date;
  @IdColumn({ nullable: true }) messageId!: string | null;
  @JsonColumn() data!: Record<string, unknown>;
}
