import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { PageQuery, QueryFlag } from '../../common';
import { UserRefDto, type People } from '../../users';
import { NOTIFICATION_TYPES, type Notification, type NotificationType } from '../notification.entity';

export class NotificationDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: NOTIFICATION_TYPES }) type!: NotificationType;
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ example: '#1042 The printer prints blank pages' }) title!: string;
  @ApiProperty({ example: 'Did you try another cartridge?' }) text!: string;
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(UserRefDto) }], nullable: true }) actor!: UserRefDto | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) readAt!: string | null;

  static from(row: Notification, people: People): NotificationDto {
    return {
      id: row.id,
      type: row.type,
      ticketId: row.ticketNumber,
      title: row.title,
      text: row.text,
      actor: people.orNull(row.actorId),
      createdAt: row.createdAt.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
    };
  }
}

export class NotificationListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only unread ones, or only read ones.' })
  @QueryFlag()
  readonly unread?: boolean;
}
