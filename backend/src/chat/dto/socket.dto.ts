import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven, IsText, Length, MaxLength } from '../../common';
import { MESSAGE_KINDS, type MessageKind } from '../../conversations';

const MAX_INT = 2_147_483_647;
export const LOWER_CASE_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ABOVE_ALL = MAX_INT;

/** Numbers beyond any sequence mean "more than there is", as any other number above the head does. */
export const clampSeq = ({ value }: { value: unknown }): unknown =>
  typeof value === 'number' && value > ABOVE_ALL ? ABOVE_ALL : value;

export class TicketEventDto {
  @IsInt() @Min(1) @Max(MAX_INT) readonly ticketId!: number;
}

export class SubscribeDto extends TicketEventDto {
  @Transform(clampSeq) @IsInt() @Min(0) readonly after: number = 0;
  @IsOptional() @IsString() @MaxLength(100) readonly stream?: string;
}

/** A message as it is sent, over REST and over sockets alike. */
export class SendMessageDto {
  @ApiProperty({ format: 'uuid', description: 'A UUID in lower case, best UUIDv7; the same on every retry.' })
  @Matches(LOWER_CASE_UUID, { message: 'clientMsgId must be a UUID in lower case' })
  readonly clientMsgId!: string;
  @ApiProperty({ enum: MESSAGE_KINDS }) @IsIn(MESSAGE_KINDS) readonly kind!: MessageKind;
  @ApiProperty({ minLength: 1, maxLength: 10_000 })
  @IsText({ visible: true })
  @Length(1, 10_000)
  readonly body!: string;
  @ApiPropertyOptional({ type: [String], maxItems: 5, description: 'Ids of files staged before.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly attachmentIds?: string[];
}

export class SendSocketMessageDto extends SendMessageDto {
  @IsInt() @Min(1) @Max(MAX_INT) readonly ticketId!: number;
}

export class MessageEventDto extends TicketEventDto {
  @IsUUID() readonly messageId!: string;
}

export class EditMessageDto {
  @ApiProperty({ minLength: 1, maxLength: 10_000 })
  @IsText({ visible: true })
  @Length(1, 10_000)
  readonly body!: string;
}

export class EditSocketMessageDto extends MessageEventDto {
  @IsText({ visible: true }) @Length(1, 10_000) readonly body!: string;
}

export class MarkReadDto {
  @ApiProperty({ minimum: 0, description: 'Above the head counts as the head.' })
  @Transform(clampSeq)
  @IsInt()
  @Min(0)
  readonly seq!: number;
}

export class MarkUnreadDto {
  @ApiProperty({ minimum: 1, description: "In the caller's numbering; above the head counts as the head." })
  @Transform(clampSeq)
  @IsInt()
  @Min(1)
  readonly seq!: number;
}

export class MarkReadSocketDto extends TicketEventDto {
  @Transform(clampSeq) @IsInt() @Min(0) readonly seq!: number;
}

export class TypingDto extends TicketEventDto {
  @IsBoolean() readonly active!: boolean;
  @IsIn(MESSAGE_KINDS) readonly kind!: MessageKind;
}
