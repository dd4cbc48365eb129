import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../common';
import { MAX_TICKET_NUMBER } from '../http';
import { Tags } from '../dto/ticket-input.dto';
import { TicketFilter } from '../dto/ticket-list-query.dto';
import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../ticket.entity';

/** So many tickets one request changes at most. */
export const MOST_TICKETS = 1000;

const IsTicketNumber =
  (each = false): PropertyDecorator =>
  (target, key) => {
    for (const decorate of [IsInt({ each }), Min(1, { each }), Max(MAX_TICKET_NUMBER, { each })]) decorate(target, key);
  };
const OrNull = (): PropertyDecorator => ValidateIf((_object, value: unknown) => value !== undefined && value !== null);

class BulkFieldsDto {
  @ApiPropertyOptional({ enum: TICKET_STATUSES }) @IfGiven() @IsIn(TICKET_STATUSES) readonly status?: TicketStatus;
  @ApiPropertyOptional({ enum: TICKET_PRIORITIES })
  @IfGiven()
  @IsIn(TICKET_PRIORITIES)
  readonly priority?: TicketPriority;
  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'Null: back into the queue.' })
  @OrNull()
  @IsUUID()
  readonly agentId?: string | null;
  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String })
  @OrNull()
  @IsUUID()
  readonly categoryId?: string | null;
}

/** What is to be different; several fields change each ticket in one step. */
export class BulkActionDto extends BulkFieldsDto {
  @ApiPropertyOptional({ type: [String], maxItems: 20 }) @Tags() readonly addTags?: string[];
  @ApiPropertyOptional({ type: [String], maxItems: 20 }) @Tags() readonly removeTags?: string[];
}

/** The fields that were changed, as they had been. */
export class BulkBeforeDto extends BulkFieldsDto {
  @ApiPropertyOptional({ type: [String], maxItems: 20 }) @Tags() readonly tags?: string[];
}

/** One line of an earlier answer, sent back to undo it. */
export class BulkUndoDto {
  @ApiProperty({ example: 1042 }) @IsTicketNumber() readonly ticketId!: number;
  @ApiProperty({ description: 'The version that the change left.' }) @IsInt() @Min(1) readonly version!: number;
  @ApiProperty({ type: BulkBeforeDto })
  @IsObject()
  @ValidateNested()
  @Type(() => BulkBeforeDto)
  readonly before!: BulkBeforeDto;
}

/** `action` on the tickets of `ids` or `filter`; or `undo`. */
export class BulkTicketsDto {
  @ApiPropertyOptional({ type: [Number], maxItems: MOST_TICKETS })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_TICKETS)
  @IsTicketNumber(true)
  readonly ids?: number[];

  @ApiPropertyOptional({
    type: TicketFilter,
    description: `By the names of the query of \`GET /tickets\`; finds at most ${MOST_TICKETS}.`,
  })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => TicketFilter)
  readonly filter?: TicketFilter;

  @ApiPropertyOptional({ type: BulkActionDto })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => BulkActionDto)
  readonly action?: BulkActionDto;

  @ApiPropertyOptional({ type: [BulkUndoDto], maxItems: MOST_TICKETS })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_TICKETS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BulkUndoDto)
  readonly undo?: BulkUndoDto[];
}

export class BulkResultDto {
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ description: 'False when nothing about this ticket was changed.' }) ok!: boolean;
  @ApiPropertyOptional({ description: 'Why not; as the single change would say it.' }) code?: string;
  @ApiPropertyOptional({ description: 'The same as a sentence.' }) detail?: string;
  @ApiPropertyOptional({
    type: BulkBeforeDto,
    description: 'What was changed, as it had been; absent when it was already so. Send it back as `undo`.',
  })
  before?: BulkBeforeDto;
  @ApiPropertyOptional({ description: 'The version of the ticket now.', example: 4 }) version?: number;
}

export class BulkAnswerDto {
  @ApiProperty({ type: [BulkResultDto], description: 'One for each ticket, by number.' }) results!: BulkResultDto[];
}
