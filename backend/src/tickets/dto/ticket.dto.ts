import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { AttachmentDto } from '../../attachments';
import { UserRefDto } from '../../users';
import { MATCH_FIELDS, type TicketMatch } from '../search/ticket-search';
import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../ticket.entity';

export class CategoryRefDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Technical' }) name!: string;
}

export class LastMessageDto {
  @ApiProperty({ type: UserRefDto }) author!: UserRefDto;
  @ApiProperty() excerpt!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

export class MatchPieceDto {
  @ApiProperty({ example: 'printer' }) text!: string;
  @ApiProperty({ description: 'Whether this is what was looked for.' }) hit!: boolean;
}

/** The line of a ticket that was found. */
export class TicketMatchDto {
  @ApiProperty({ enum: MATCH_FIELDS }) field!: TicketMatch['field'];
  @ApiProperty({
    type: [MatchPieceDto],
    description: 'Put together they make the line, at most 160 characters, with `…` where it was cut.',
  })
  excerpt!: MatchPieceDto[];
}

const nullable = (model: typeof UserRefDto | typeof CategoryRefDto | typeof LastMessageDto) => ({
  oneOf: [{ $ref: getSchemaPath(model) }],
  nullable: true,
});
const NullableTime = (): PropertyDecorator => ApiProperty({ format: 'date-time', type: String, nullable: true });

/** A row of a list. Fields that only staff may see are absent for customers. */
@ApiExtraModels(UserRefDto, CategoryRefDto, LastMessageDto)
export class TicketSummaryDto {
  @ApiProperty({ description: 'The ticket number.', example: 1042, minimum: 1001 }) id!: number;
  @ApiProperty({ example: 'The printer prints blank pages' }) subject!: string;
  @ApiProperty(nullable(CategoryRefDto)) category!: CategoryRefDto | null;
  @ApiProperty({ enum: TICKET_PRIORITIES }) priority!: TicketPriority;
  @ApiProperty({ enum: TICKET_STATUSES }) status!: TicketStatus;
  @ApiProperty({ type: UserRefDto }) requester!: UserRefDto;
  @ApiProperty(nullable(UserRefDto)) assignee!: UserRefDto | null;
  @ApiPropertyOptional({ type: [String], description: 'Staff only.' }) tags?: string[];
  @ApiPropertyOptional({ description: 'Staff only: the customer waits for a word.' }) needsReply?: boolean;
  @ApiPropertyOptional({ description: 'Staff only: how often it was resolved or closed and then opened again.' })
  reopenCount?: number;
  @ApiProperty({ description: 'Visible messages of others after the own read mark, at most 1000.' }) unread!: number;
  @ApiProperty(nullable(LastMessageDto)) lastMessage!: LastMessageDto | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', description: 'The time of the last event the caller may see.' })
  updatedAt!: string;
  @NullableTime() firstRespondedAt!: string | null;
  @NullableTime() resolvedAt!: string | null;
  @NullableTime() closedAt!: string | null;
  @ApiProperty({ description: 'Also the ETag; goes up with each change of a field the caller may see.', example: 3 })
  version!: number;
  @ApiPropertyOptional({
    type: TicketMatchDto,
    description: 'In lists whose `q` has words, when they were found in a text.',
  })
  match?: TicketMatchDto;
}

export class TicketDto extends TicketSummaryDto {
  @ApiProperty() description!: string;
  @ApiProperty({ type: [AttachmentDto], description: 'The files given at creation.' }) attachments!: AttachmentDto[];
}

export const COUNT_SCHEMA = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['1000+'] }], example: 12 };
export type Count = number | '1000+';

export class StatusCountsDto {
  @ApiProperty(COUNT_SCHEMA) open!: Count;
  @ApiProperty(COUNT_SCHEMA) in_progress!: Count;
  @ApiProperty(COUNT_SCHEMA) resolved!: Count;
  @ApiProperty(COUNT_SCHEMA) closed!: Count;
}

export class TicketCountsDto {
  @ApiProperty(COUNT_SCHEMA) all!: Count;
  @ApiProperty({ type: StatusCountsDto }) byStatus!: StatusCountsDto;
  @ApiPropertyOptional({ ...COUNT_SCHEMA, description: 'Staff only: open and in progress, assigned to the caller.' })
  mine?: Count;
  @ApiPropertyOptional({ ...COUNT_SCHEMA, description: 'Staff only: open and in progress, assigned to nobody.' })
  unassigned?: Count;
  @ApiPropertyOptional({ ...COUNT_SCHEMA, description: 'Staff only: where the customer waits for a word.' })
  needsReply?: Count;
  @ApiPropertyOptional({ ...COUNT_SCHEMA, description: 'Customers only: running, and staff wrote last.' })
  turn?: Count;
  @ApiProperty(COUNT_SCHEMA) unread!: Count;
}

/** Somebody a ticket can be given to. */
export class AgentDto extends UserRefDto {
  @ApiProperty({ enum: ['online', 'away', 'offline'] }) presence!: 'online' | 'away' | 'offline';
  @ApiProperty({ description: 'Open and in-progress tickets assigned to this person.' }) load!: number;
}
