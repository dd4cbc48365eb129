import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional, IsUUID } from 'class-validator';
import { IsText, Length, MaxLength, QueryFlag, Trim } from '../../common';
import type { Category } from '../category.entity';

/** A category as a ticket names it. */
export interface CategoryRef {
  id: string;
  name: string;
}

export class CategoryDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Billing' }) name!: string;
  @ApiProperty({ type: String, nullable: true, example: 'Invoices, payments and refunds' }) hint!: string | null;
  @ApiProperty() archived!: boolean;

  static from({ id, name, hint, archivedAt }: Category): CategoryDto {
    return { id, name, hint: hint || null, archived: archivedAt !== null };
  }
}

export class CreateCategoryDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name!: string;
  @ApiPropertyOptional({ maxLength: 200, description: 'A line that helps to choose.' })
  @IsOptional()
  @Trim()
  @IsText({ visible: false })
  @MaxLength(200)
  readonly hint?: string | null;
}

export class UpdateCategoryDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IsOptional()
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name?: string | null;
  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @Trim()
  @IsText({ visible: false })
  @MaxLength(200)
  readonly hint?: string | null;
  @ApiPropertyOptional({ description: 'Archived ones stay on their tickets but are not offered any more.' })
  @IsOptional()
  @IsBoolean()
  readonly archived?: boolean | null;
}

/** So many categories can be put in order; nobody chooses from more. */
export const MOST_IN_ORDER = 1000;

export class CategoryOrderDto {
  @ApiProperty({
    type: [String],
    format: 'uuid',
    maxItems: MOST_IN_ORDER,
    description: 'All categories, the archived ones too.',
  })
  @IsArray()
  @ArrayMaxSize(MOST_IN_ORDER)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly ids!: string[];
}

export class CategoryListQuery {
  @ApiPropertyOptional({ description: 'With the archived ones; admins only.', default: false })
  @QueryFlag()
  readonly archived?: boolean;
}
