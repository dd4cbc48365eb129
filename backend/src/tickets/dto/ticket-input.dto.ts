import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IfGiven, IsText, Length, MaxLength, Trim } from '../../common';
import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../ticket.entity';

const Subject = (): PropertyDecorator => applyDecorators(Trim(), IsText({ visible: true }), Length(1, 200));
const Description = (): PropertyDecorator => applyDecorators(IsText({ visible: true }), Length(1, 10_000));

/** One value of a form stands for a list of one; empty fields of a form stand for nothing. */
const toList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? [value] : value);
const emptyToUndefined = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);
const emptyToNull = ({ value }: { value: unknown }): unknown => (value === '' ? null : value);

const trimAll = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value)
    ? [...new Set(value.map((tag: unknown) => (typeof tag === 'string' ? tag.trim() : tag)))]
    : value;

export const Tags = (): PropertyDecorator =>
  applyDecorators(
    IfGiven(),
    Transform((input) => trimAll({ value: toList(input) })),
    IsArray(),
    ArrayMaxSize(20),
    IsText({ visible: true }, { each: true }),
    MaxLength(40, { each: true }),
  );

export class CreateTicketDto {
  @ApiProperty({ minLength: 1, maxLength: 200, example: 'The printer prints blank pages' })
  @Subject()
  readonly subject!: string;

  @ApiProperty({ minLength: 1, maxLength: 10_000 }) @Description() readonly description!: string;

  @ApiPropertyOptional({ format: 'uuid', nullable: true })
  @Transform(emptyToUndefined)
  @IsOptional()
  @IsUUID()
  readonly categoryId?: string | null;

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES, default: 'medium' })
  @Transform(emptyToUndefined)
  @IsOptional()
  @IsIn(TICKET_PRIORITIES)
  readonly priority?: TicketPriority;

  @ApiPropertyOptional({ format: 'uuid', description: 'Staff only: for whom the ticket is opened.' })
  @Transform(emptyToUndefined)
  @IsOptional()
  @IsUUID()
  readonly requesterId?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 20, description: 'Staff only.' }) @Tags() readonly tags?: string[];
}

export class UpdateTicketDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 }) @IfGiven() @Subject() readonly subject?: string;
  @ApiPropertyOptional({ minLength: 1, maxLength: 10_000 }) @IfGiven() @Description() readonly description?: string;
  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String })
  @Transform(emptyToNull)
  @IsOptional()
  @IsUUID()
  readonly categoryId?: string | null;
  @ApiPropertyOptional({ type: [String], maxItems: 20, description: 'Staff only.' }) @Tags() readonly tags?: string[];
}

export class ChangeStatusDto {
  @ApiProperty({ enum: TICKET_STATUSES }) @IsIn(TICKET_STATUSES) readonly status!: TicketStatus;
}

export class ChangePriorityDto {
  @ApiProperty({ enum: TICKET_PRIORITIES }) @IsIn(TICKET_PRIORITIES) readonly priority!: TicketPriority;
}

export class NeedsReplyDto {
  @ApiProperty() @IsBoolean() readonly needsReply!: boolean;
}

export class AssignTicketDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() readonly agentId!: string;
}
