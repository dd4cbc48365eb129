import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AttachmentDto } from '../../attachments';
import { UserRefDto } from '../../users';
import { MESSAGE_KINDS, type MessageKind } from '../message.entity';
import { TIMELINE_EVENT_TYPES, type TimelineEventType } from '../timeline-entry.entity';

/** A message as one audience sees it. */
export class MessageDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ description: "The message's place in the timeline of the caller's audience." }) seq!: number;
  @ApiProperty({ enum: MESSAGE_KINDS }) kind!: MessageKind;
  @ApiPropertyOptional({ description: "Plain text with Markdown's inline marks; absent once removed." }) body?: string;
  @ApiProperty({ format: 'uuid' }) clientMsgId!: string;
  @ApiProperty({ type: UserRefDto }) author!: UserRefDto;
  @ApiPropertyOptional({ type: [AttachmentDto], description: 'Absent once removed.' }) attachments?: AttachmentDto[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) editedAt!: string | null;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) removedAt!: string | null;
}

export class TimelineEventDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ description: "Dense, from 1, in the caller's audience.", example: 7 }) seq!: number;
  @ApiProperty({ enum: TIMELINE_EVENT_TYPES }) type!: TimelineEventType;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: UserRefDto }) actor!: UserRefDto;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '`{message}` for message events, `{from, to}` for changes, otherwise empty.',
    example: { from: 'open', to: 'in_progress' },
  })
  data!: Record<string, unknown>;
}
