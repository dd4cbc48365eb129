import { Transform } from 'class-transformer';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsUUID, Matches, Min } from 'class-validator';
import { excerpt, IfGiven, IsText, MaxLength } from '../../common';
import { MESSAGE_KINDS, type Draft, type MessageKind } from '../../conversations';
import { clampSeq, LOWER_CASE_UUID } from './socket.dto';

const EXCERPT_LENGTH = 120;

export class SaveDraftDto {
  @ApiProperty({ maxLength: 10_000, description: 'As typed; empty only beside files.' })
  @IsText({ visible: false })
  @MaxLength(10_000)
  readonly body!: string;
  @ApiPropertyOptional({ type: [String], maxItems: 5, description: 'Ids of files staged before, in their order.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly attachmentIds?: string[];
  @ApiProperty({ format: 'uuid', description: 'Chosen when the draft is begun; the message is sent with it.' })
  @Matches(LOWER_CASE_UUID, { message: 'clientMsgId must be a UUID in lower case' })
  readonly clientMsgId!: string;
  @ApiProperty({ minimum: 0, description: 'The last number that was shown when the draft was begun.' })
  @Transform(clampSeq)
  @IsInt()
  @Min(0)
  readonly baseSeq!: number;
}

export class DiscardDraftQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Only the draft that was begun with it.' })
  @IfGiven()
  @Matches(LOWER_CASE_UUID, { message: 'clientMsgId must be a UUID in lower case' })
  readonly clientMsgId?: string;
}

/** One draft as lists show it. */
export class DraftSummaryDto {
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ enum: MESSAGE_KINDS }) kind!: MessageKind;
  @ApiProperty({ description: 'The first words on one line; empty when there are only files.' }) excerpt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;

  static from({ ticketNumber, kind, body, updatedAt }: Draft): DraftSummaryDto {
    return {
      ticketId: ticketNumber,
      kind,
      excerpt: excerpt(body, EXCERPT_LENGTH),
      updatedAt: updatedAt.toISOString(),
    };
  }
}
