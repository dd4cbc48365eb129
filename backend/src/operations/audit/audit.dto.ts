import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { AUDIT_ACTIONS, AUDIT_OBJECTS, type AuditAction, type AuditFilter, type AuditItem } from '../../audit';
import { IsMoment, PageQuery } from '../../common';
import { UserRefDto } from '../../users';
import type { KnownNames } from './audit-names';

const OBJECT = new RegExp(`^(${AUDIT_OBJECTS.join('|')})(:[\\w-]{1,36})?$`);

/** Which entries; all that is given must hold. */
export class AuditFilterQuery {
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS, isArray: true, description: 'One action, or several with commas.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(AUDIT_ACTIONS, { each: true })
  readonly action?: AuditAction[];
  @ApiPropertyOptional({ format: 'uuid', description: 'Who did it.' }) @IsOptional() @IsUUID() readonly actor?: string;
  @ApiPropertyOptional({ example: 'ticket:1042', description: 'A kind of things, or with its id one of them.' })
  @IsOptional()
  @Matches(OBJECT, { message: `object must look like ticket:1042; kinds are ${AUDIT_OBJECTS.join(', ')}` })
  readonly object?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not before this moment.' })
  @IsOptional()
  @IsMoment()
  readonly from?: Date;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before this moment.' })
  @IsOptional()
  @IsMoment()
  readonly to?: Date;

  static filterOf({ action, actor, object, from, to }: AuditFilterQuery): AuditFilter {
    const [type, id] = object?.split(':') ?? [];
    return { action, actor, from, to, ...(type && { object: { type, id } }) };
  }
}

export class AuditListQuery extends IntersectionType(AuditFilterQuery, PageQuery) {}

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class AuditExportQuery extends AuditFilterQuery {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'csv' })
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'csv';
}

export class AuditObjectDto {
  @ApiProperty({ enum: AUDIT_OBJECTS }) type!: string;
  @ApiProperty() id!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What it is called today: a person, a category, the subject of a ticket. Null when nothing is known of it.',
  })
  name!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The ticket it belongs to, or is.' })
  ticketId!: number | null;
}

/** Something that was done, or refused. */
export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: UserRefDto, nullable: true, description: 'Null when nobody was signed in.' })
  actor!: UserRefDto | null;
  @ApiProperty({ type: String, nullable: true, description: 'The peer address the request came from.' })
  address!: string | null;
  @ApiProperty({ enum: AUDIT_ACTIONS }) action!: string;
  @ApiProperty({ type: AuditObjectDto, nullable: true }) object!: AuditObjectDto | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Details; never secrets or texts.' })
  data!: Record<string, unknown>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Today’s names of the people whose ids stand in `data`.',
  })
  names!: Record<string, string>;

  static from({ id, at, actorId, address, action, object, data }: AuditItem, known: KnownNames): AuditEntryDto {
    return {
      id,
      at,
      actor: actorId === null ? null : known.person(actorId),
      address,
      action,
      object: object && { ...object, ...known.ofObject(object) },
      data,
      names: known.within(data),
    };
  }
}
