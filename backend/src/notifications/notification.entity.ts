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
}
