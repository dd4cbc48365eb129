import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsText, Length, MaxLength, PageQuery, Trim } from '../../common';
import type { Tag } from '../ticket.entity';

export class TagChangeDto {
  @ApiProperty({ type: String, nullable: true, description: 'The tag they get instead; null: they lose it.' })
  to!: string | null;
}

export class TagDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'printer' }) tag!: string;
  @ApiProperty({ description: 'How many tickets have it, deleted ones that can be restored too.', example: 12 })
  uses!: number;
  @ApiProperty({
    type: TagChangeDto,
    nullable: true,
    description: 'What is happening to its tickets, one after the other; null when nothing is.',
  })
  change!: TagChangeDto | null;

  static from({ id, tag, uses, isMoving, movesTo }: Tag): TagDto {
    return { id, tag, uses, change: isMoving ? { to: movesTo } : null };
  }
}

export const TAG_SORTS = ['-uses', 'tag'] as const;
export type TagSort = (typeof TAG_SORTS)[number];

export class TagListQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 40, description: 'How the tag begins, whatever its case.' })
  @IsOptional()
  @IsText({ visible: false })
  @MaxLength(40)
  readonly q?: string;

  @ApiPropertyOptional({ enum: TAG_SORTS, default: '-uses', description: 'Most used first, or by the alphabet.' })
  @IsOptional()
  @IsIn(TAG_SORTS)
  readonly sort: TagSort = '-uses';
}

export class RenameTagDto {
  @ApiProperty({ minLength: 1, maxLength: 40 })
  @Trim()
  @IsText({ visible: true })
  @Length(1, 40)
  readonly name!: string;
}

export class MergeTagDto {
  @ApiProperty({ format: 'uuid', description: 'The tag that its tickets get instead.' })
  @IsUUID()
  readonly into!: string;
}
