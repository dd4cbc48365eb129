import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery, QueryFlag } from '../../common';
import { UserRefDto, type People } from '../../users';
import {
  NOTICE_REASONS,
  NOTIFICATION_TYPES,
  type NoticeReason,
  type Notification,
  type NotificationType,
} from '../notification.entity';

/** `mine`: of tickets one holds or opened; `system`: what changed, as opposed to what was said. */
export const NOTICE_FILTERS = ['mine', 'mentions', 'system'] as const;
export type NoticeFilter = (typeof NOTICE_FILTERS)[number];

export class NotificationDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: NOTIFICATION_TYPES }) type!: NotificationType;
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ example: '#1042 The printer prints blank pages' }) title!: string;
  @ApiProperty({ example: 'Did you try another cartridge?' }) text!: string;
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(UserRefDto) }], nullable: true }) actor!: UserRefDto | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) readAt!: string | null;

  @ApiProperty({ enum: NOTICE_REASONS, nullable: true, description: 'Why the caller is told; null for older ones.' })
  reason!: NoticeReason | null;

  static from(row: Notification, people: People): NotificationDto {
    const actor = people.orNull(row.actorId);
    return {
      id: row.id,
      type: row.type,
      ticketId: row.ticketNumber,
      title: row.title,
      text: row.type === 'ticket.assigned' && actor ? `${actor.name} assigned this ticket to you` : row.text,
      actor,
      createdAt: row.createdAt.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
      reason: row.reason,
    };
  }
}

export class NotificationListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only unread ones, or only read ones.' })
  @QueryFlag()
  readonly unread?: boolean;
  @ApiPropertyOptional({ enum: NOTICE_FILTERS, description: 'Mine, where I was mentioned, or what the system tells.' })
  @IsOptional()
  @IsIn(NOTICE_FILTERS)
  readonly filter?: NoticeFilter;
}
