import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { MaxLength, PageQuery } from '../common';
import { MAIL_STATUSES, type Mail, type MailStatus } from './mail.entity';

export class MailDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'cora@example.com' }) to!: string;
  @ApiProperty() subject!: string;
  @ApiProperty({ description: 'Once it is sent, the keys in its links are gone.' }) text!: string;
  @ApiProperty() html!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) sentAt!: string | null;
  @ApiProperty({ enum: MAIL_STATUSES }) status!: MailStatus;
  @ApiProperty({ description: 'How often the mail server was asked to take it.' }) attempts!: number;
  @ApiProperty({ type: String, nullable: true, description: 'What the mail server said last.' })
  lastError!: string | null;

  static from(mail: Mail): MailDto {
    const { id, recipient, subject, text, html, createdAt, sentAt, status, attempts, lastError } = mail;
    return {
      id,
      to: recipient,
      subject,
      text,
      html,
      createdAt: createdAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
      status,
      attempts,
      lastError,
    };
  }
}

/** How sending goes. */
export class MailDeliveryDto {
  @ApiProperty({ description: 'False without a mail server: mails are kept to be read by admins.' }) sending!: boolean;
  @ApiProperty({ example: 'Parley <no-reply@help.example.com>' }) from!: string;
  @ApiProperty({ description: 'Mails that wait to be sent, or to be tried again.' }) waiting!: number;
  @ApiProperty({ description: 'Mails that were given up.' }) parked!: number;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) waitingSince!: string | null;
}

const commaList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(',') : value);

export class MailListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: MAIL_STATUSES, isArray: true, description: 'One status, or several with commas.' })
  @IsOptional()
  @Transform(commaList)
  @IsIn(MAIL_STATUSES, { each: true })
  readonly status?: MailStatus[];

  @ApiPropertyOptional({ description: 'The beginning of the address.' })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  readonly to?: string;
}
