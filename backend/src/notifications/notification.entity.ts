import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, TimeColumn } from '../database';

export const NOTIFICATION_TYPES = [
  'ticket.created',
  'ticket.assigned',
  'message.created',
  'status.changed',
  'priority.changed',
  'mention',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** Why somebody is told; listeners asked to hear of all tickets, or of new ones. */
export const NOTICE_REASONS = ['requester', 'assignee', 'mentioned', 'follower', 'listener'] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/** A notice to one person about one event. */
@Entity('notifications')
export class Notification {
  @IdPrimaryColumn() id!: string;
  @IdColumn() userId!: string;
  @Column({ type: 'varchar', length: 40 }) type!: NotificationType;
  @Column({ type: 'int' }) ticketNumber!: number;
  @IdColumn({ nullable: true }) actorId!: string | null;
  @IdColumn({ nullable: true }) messageId!: string | null;
  @Column({ type: 'varchar', length: 250 }) title!: string;
  @Column({ type: 'varchar', length: 250 }) text!: string;
  @TimeColumn() createdAt!: Date;
  @TimeColumn({ nullable: true }) readAt!: Date | null;
  /** Names what happened; each person has one notice of it. Null for what was stored before there were causes. */
  @IdColumn({ nullable: true }) cause!: string | null;
  @Column({ type: 'varchar', length: 20, nullable: true }) reason!: NoticeReason | null;
}
