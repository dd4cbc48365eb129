import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { instanceToPlain, Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { IfGiven, IsText, Length, Trim } from '../../common';
import { UserRefDto, type People } from '../../users';
import { TICKET_SORTS, TicketFilter, type TicketSort } from '../dto/ticket-list-query.dto';
import { COUNT_SCHEMA, type Count } from '../dto/ticket.dto';
import type { PlainFilter, TicketView } from './ticket-view.entity';

export class ViewDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Urgent and waiting' }) name!: string;
  @ApiProperty({ type: TicketFilter, description: 'By the names of the query of `GET /tickets`.' })
  filter!: PlainFilter;
  @ApiProperty({ enum: TICKET_SORTS }) sort!: TicketSort;
  @ApiProperty({ description: 'Shown to all staff.' }) shared!: boolean;
  @ApiProperty({ type: UserRefDto }) owner!: UserRefDto;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;

  static from(view: TicketView, people: People): ViewDto {
    return {
      id: view.id,
      name: view.name,
      filter: view.filter,
      sort: view.sort,
      shared: view.shared,
      owner: people.get(view.userId),
      createdAt: view.createdAt.toISOString(),
      updatedAt: view.updatedAt.toISOString(),
    };
  }
}

const ViewName = (): PropertyDecorator => (target, key) => {
  for (const decorate of [Trim(), IsText({ visible: true }), Length(1, 100)]) decorate(target, key);
};

export class CreateViewDto {
  @ApiProperty({ minLength: 1, maxLength: 100 }) @ViewName() readonly name!: string;

  @ApiProperty({ type: TicketFilter, description: 'By the names of the query of `GET /tickets`.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => TicketFilter)
  readonly filter!: TicketFilter;

  @ApiPropertyOptional({ enum: TICKET_SORTS, default: '-createdAt' })
  @IfGiven()
  @IsIn(TICKET_SORTS)
  readonly sort: TicketSort = '-createdAt';

  @ApiPropertyOptional({ default: false, description: 'Shows it to all staff.' })
  @IfGiven()
  @IsBoolean()
  readonly shared: boolean = false;
}

export class UpdateViewDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 }) @IfGiven() @ViewName() readonly name?: string;

  @ApiPropertyOptional({ type: TicketFilter, description: 'Replaces the whole filter.' })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => TicketFilter)
  readonly filter?: TicketFilter;

  @ApiPropertyOptional({ enum: TICKET_SORTS }) @IfGiven() @IsIn(TICKET_SORTS) readonly sort?: TicketSort;
  @ApiPropertyOptional() @IfGiven() @IsBoolean() readonly shared?: boolean;
}

export class ViewCountDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({
    ...COUNT_SCHEMA,
    nullable: true,
    description: 'Null for a view with exact words: they are not counted.',
  })
  count!: Count | null;
}

/** A filter as it is stored and shown: what was given, and nothing else. */
export const plainFilter = (filter: TicketFilter): PlainFilter =>
  JSON.parse(JSON.stringify(instanceToPlain(filter))) as PlainFilter;
