import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, ValidateBy, isUUID } from 'class-validator';
import { IsMoment, IsText, MaxLength, PageQuery, QueryFlag } from '../../common';
import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../ticket.entity';

export const TICKET_SORTS = [
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
  'priority',
  '-priority',
  'status',
  '-status',
] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

const commaList = ({ value }: { value: unknown }): unknown => {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return value === undefined
    ? undefined
    : parts.flatMap((part) => (typeof part === 'string' ? part.split(',') : [part]));
};

const Moment = (): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ format: 'date-time', type: String }), IsOptional(), IsMoment());

const ASSIGNEES: unknown[] = ['me', 'none', 'absent'];

const IsAssigneeFilter = (): PropertyDecorator =>
  ValidateBy({
    name: 'isAssigneeFilter',
    validator: {
      validate: (value: unknown) => ASSIGNEES.includes(value) || isUUID(value),
      defaultMessage: () => 'assignee must be me, none, absent or the id of a person',
    },
  });

const SEARCH_HELP =
  'A ticket number (`1042`, `#1042`), words, `"exact words"`, and the operators `status: priority: from: assignee: ' +
  'tag: category: before: after:`; `from:` and `tag:` are for staff only. Case, accents and the order of words do not ' +
  'matter, and the last word may be unfinished.';

/** Which tickets, by the names of the query; a saved view keeps the same. */
export class TicketFilter {
  @ApiPropertyOptional({ enum: TICKET_STATUSES, isArray: true })
  @IsOptional()
  @Transform(commaList)
  @IsIn(TICKET_STATUSES, { each: true })
  readonly status?: TicketStatus[];

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES, isArray: true })
  @IsOptional()
  @Transform(commaList)
  @IsIn(TICKET_PRIORITIES, { each: true })
  readonly priority?: TicketPriority[];

  @ApiPropertyOptional({ type: [String], description: 'Ids, or `none`.' })
  @IsOptional()
  @Transform(commaList)
  @ValidateBy({
    name: 'isCategoryFilter',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.every((part) => part === 'none' || isUUID(part)),
      defaultMessage: () => 'category must hold ids of categories, or none',
    },
  })
  readonly category?: string[];

  @ApiPropertyOptional({
    description: '`me`, `none`, `absent` (staff only: held by somebody who is offline now), or the id of a person.',
    example: 'none',
  })
  @IsOptional()
  @IsAssigneeFilter()
  readonly assignee?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Staff only.' })
  @IsOptional()
  @IsUUID()
  readonly requester?: string;

  @ApiPropertyOptional({ type: [String], description: 'Staff only; any of them.' })
  @IsOptional()
  @Transform(commaList)
  @IsText({ visible: true }, { each: true })
  @MaxLength(40, { each: true })
  readonly tag?: string[];

  @ApiPropertyOptional({ maxLength: 200, description: SEARCH_HELP })
  @IsOptional()
  @IsText({ visible: false })
  @MaxLength(200)
  readonly q?: string;

  @ApiPropertyOptional({ description: 'Only tickets with unread messages.' })
  @QueryFlag()
  readonly unread?: boolean;

  @ApiPropertyOptional({ description: 'Staff only: tickets whose customer waits for a word.' })
  @QueryFlag()
  readonly needsReply?: boolean;

  @Moment() readonly createdAfter?: Date;
  @Moment() readonly updatedAfter?: Date;
}

export class TicketListQuery extends IntersectionType(PageQuery, TicketFilter) {
  @ApiPropertyOptional({
    enum: ['mine'],
    description: 'Customers only: open and in-progress tickets in which staff wrote last.',
  })
  @IsOptional()
  @IsIn(['mine'])
  readonly turn?: 'mine';

  @ApiPropertyOptional({
    enum: TICKET_SORTS,
    description: '`-priority`: urgent first. By default the best match first when `q` has words, else `-createdAt`.',
  })
  @IsOptional()
  @IsIn(TICKET_SORTS)
  readonly sort?: TicketSort;
}
