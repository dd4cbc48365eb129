import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsText, MaxLength } from '../../common';

export class TagDto {
  @ApiProperty({ example: 'printer' }) tag!: string;
  @ApiProperty({ description: 'How many tickets have it.', example: 12 }) uses!: number;
}

export class TagListQuery {
  @ApiPropertyOptional({ maxLength: 40, description: 'How the tag begins, whatever its case.' })
  @IsOptional()
  @IsText({ visible: false })
  @MaxLength(40)
  readonly q?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 25;
}
