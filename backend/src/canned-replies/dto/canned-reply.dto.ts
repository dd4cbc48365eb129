import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { IfGiven, IsText, Length, MaxLength, PageQuery, QueryFlag, Trim } from '../../common';
import { UserRefDto, type People } from '../../users';
import type { CannedReply, CannedReplyVersion } from '../canned-reply.entity';

const KEY_PATTERN = /^[a-z0-9][a-z0-9-]{0,39}$/;
const ABOUT_KEY = 'Lower-case letters, digits and hyphens; the only one of its kind among the own or the shared ones.';
const ABOUT_BODY =
  'Plain text. `{{customer.name}}`, `{{customer.firstName}}`, `{{ticket.number}}`, `{{ticket.subject}}`, `{{agent.name}}` and `{{agent.firstName}}` are filled by the client; what else stands in double braces is filled in by hand.';

export class CannedReplyDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'restart-router', description: ABOUT_KEY }) key!: string;
  @ApiProperty({ example: 'Restart the router' }) title!: string;
  @ApiProperty({ description: ABOUT_BODY }) body!: string;
  @ApiProperty({ description: 'Offered in chat and comments.' }) inReply!: boolean;
  @ApiProperty({ description: 'Offered in notes.' }) inNote!: boolean;
  @ApiProperty({ description: 'Offered to all staff, and written by admins.' }) shared!: boolean;
  @ApiProperty({ type: UserRefDto }) owner!: UserRefDto;
  @ApiProperty({ description: 'How often it was inserted.' }) uses!: number;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) lastUsedAt!: string | null;
  @ApiProperty({ description: 'For `If-Match`; using it does not move it.' }) version!: number;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;

  static from(reply: CannedReply, people: People): CannedReplyDto {
    const { id, replyKey, title, body, inReply, inNote, shared, userId, uses, version } = reply;
    return {
      id,
      key: replyKey,
      title,
      body,
      inReply,
      inNote,
      shared,
      owner: people.get(userId),
      uses,
      lastUsedAt: reply.lastUsedAt?.toISOString() ?? null,
      version,
      createdAt: reply.createdAt.toISOString(),
      updatedAt: reply.updatedAt.toISOString(),
    };
  }
}

export class CannedReplyVersionDto {
  @ApiProperty() version!: number;
  @ApiProperty({ type: UserRefDto }) author!: UserRefDto;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() key!: string;
  @ApiProperty() title!: string;
  @ApiProperty() body!: string;
  @ApiProperty() inReply!: boolean;
  @ApiProperty() inNote!: boolean;

  static from(stored: CannedReplyVersion, people: People): CannedReplyVersionDto {
    const { version, authorId, at, replyKey, title, body, inReply, inNote } = stored;
    const author = people.get(authorId);
    return { version, author, at: at.toISOString(), key: replyKey, title, body, inReply, inNote };
  }
}

const Decorated =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
const Key = (): PropertyDecorator =>
  Decorated(Trim(), Matches(KEY_PATTERN, { message: 'key must have 1 to 40 lower-case letters, digits and hyphens' }));
const Title = (): PropertyDecorator => Decorated(Trim(), IsText({ visible: true }), Length(1, 100));
const Body = (): PropertyDecorator => Decorated(IsText({ visible: true }), Length(1, 10_000));

export class CreateCannedReplyDto {
  @ApiProperty({ pattern: KEY_PATTERN.source, description: ABOUT_KEY }) @Key() readonly key!: string;
  @ApiProperty({ minLength: 1, maxLength: 100 }) @Title() readonly title!: string;
  @ApiProperty({ minLength: 1, maxLength: 10_000, description: ABOUT_BODY }) @Body() readonly body!: string;
  @ApiPropertyOptional({ default: true }) @IfGiven() @IsBoolean() readonly inReply: boolean = true;
  @ApiPropertyOptional({ default: true }) @IfGiven() @IsBoolean() readonly inNote: boolean = true;
  @ApiPropertyOptional({ default: false, description: 'Admins only.' })
  @IfGiven()
  @IsBoolean()
  readonly shared: boolean = false;
}

export class UpdateCannedReplyDto {
  @ApiPropertyOptional({ pattern: KEY_PATTERN.source }) @IfGiven() @Key() readonly key?: string;
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 }) @IfGiven() @Title() readonly title?: string;
  @ApiPropertyOptional({ minLength: 1, maxLength: 10_000 }) @IfGiven() @Body() readonly body?: string;
  @ApiPropertyOptional() @IfGiven() @IsBoolean() readonly inReply?: boolean;
  @ApiPropertyOptional() @IfGiven() @IsBoolean() readonly inNote?: boolean;
}

export const CANNED_REPLY_SORTS = ['title', '-uses'] as const;
export type CannedReplySort = (typeof CANNED_REPLY_SORTS)[number];

export class CannedReplyListQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 100, description: 'Stands in key, title or text, whatever its case.' })
  @IsOptional()
  @IsText({ visible: false })
  @MaxLength(100)
  readonly q?: string;

  @ApiPropertyOptional({ enum: ['own', 'shared'], description: 'Both by default.' })
  @IsOptional()
  @IsIn(['own', 'shared'])
  readonly scope?: 'own' | 'shared';

  @ApiPropertyOptional({ enum: ['reply', 'note'], description: 'What is offered there.' })
  @IsOptional()
  @IsIn(['reply', 'note'])
  readonly in?: 'reply' | 'note';

  @ApiPropertyOptional({ description: 'Only those that were used, or that never were.' })
  @QueryFlag()
  readonly used?: boolean;

  @ApiPropertyOptional({ enum: CANNED_REPLY_SORTS, default: 'title' })
  @IsOptional()
  @IsIn(CANNED_REPLY_SORTS)
  readonly sort: CannedReplySort = 'title';
}
