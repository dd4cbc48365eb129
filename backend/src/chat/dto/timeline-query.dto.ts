import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { IsText, Length, MaxLength } from '../../common';
import { MessageDto } from '../../conversations';

const MAX_SEQ = Number.MAX_SAFE_INTEGER;

export class TimelineQuery {
  @ApiPropertyOptional({ minimum: 0, description: 'Only what came after this number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_SEQ)
  readonly after?: number;

  @ApiPropertyOptional({ minimum: 1, description: 'The nearest ones before this number. Not together with `after`.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_SEQ)
  readonly before?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 25;
}

export class EventsQuery extends TimelineQuery {
  @ApiPropertyOptional({ description: 'The numbering that `after` belongs to, from the `Parley-Stream` header.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly stream?: string;
}

export class NewCommentDto {
  @ApiProperty({ minLength: 1, maxLength: 10_000 })
  @IsText({ visible: true })
  @Length(1, 10_000)
  readonly text!: string;
}

export class CommentDto extends MessageDto {
  @ApiPropertyOptional({ description: 'The same as `body`.' }) text?: string;

  static from(message: MessageDto): CommentDto {
    return { ...message, ...(message.body !== undefined && { text: message.body }) };
  }
}

export class SentMessageDto {
  @ApiProperty({ type: MessageDto }) message!: MessageDto;
  @ApiProperty() seq!: number;
  @ApiProperty({ description: 'True for a repeat of what was stored before; the status is 200 then.' })
  duplicate!: boolean;
}

export class SeqDto {
  @ApiProperty({ description: "The number of the trace in the caller's timeline." }) seq!: number;
}
