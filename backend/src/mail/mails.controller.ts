import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource, LessThan } from 'typeorm';
import { Roles } from '../access';
import { decodeCursor, encodeCursor, linkNext, PageQuery, pageOf } from '../common';
import { MAIL_STATUSES, Mail, type MailStatus } from './mail.entity';

export class MailDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'cora@example.com' }) to!: string;
  @ApiProperty() subject!: string;
  @ApiProperty() text!: string;
  @ApiProperty() html!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true }) sentAt!: string | null;
  @ApiProperty({ enum: MAIL_STATUSES }) status!: MailStatus;

  static from(mail: Mail): MailDto {
    const { id, recipient, subject, text, html, createdAt, sentAt, status } = mail;
    return {
      id,
      to: recipient,
      subject,
      text,
      html,
      createdAt: createdAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
      status,
    };
  }
}

@ApiTags('administration')
@ApiBearerAuth()
@Controller('mails')
export class MailsController {
  constructor(private readonly dataSource: DataSource) {}

  /** Outgoing mails, newest first; without a mail server this is where they can be read. */
  @Get()
  @Roles('admin')
  @ApiOkResponse({ type: [MailDto] })
  async list(
    @Query() { limit, cursor }: PageQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailDto[]> {
    const before = cursor ? String(decodeCursor(cursor, 'mails')[0]) : undefined;
    const rows = await this.dataSource.manager.find(Mail, {
      where: before ? { id: LessThan(before) } : {},
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (last) => encodeCursor([last.id], 'mails'));
    linkNext(request, response, page);
    return page.items.map((mail) => MailDto.from(mail));
  }
}
