import { Controller, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../access';
import { linkNext } from '../common';
import { MailList } from './mail-list';
import { Mailer } from './mailer';
import { MailDeliveryDto, MailDto, MailListQuery } from './mails.dto';

@ApiTags('administration')
@ApiBearerAuth()
@Controller('mails')
export class MailsController {
  constructor(
    private readonly mails: MailList,
    private readonly mailer: Mailer,
  ) {}

  /** Outgoing mails, newest first; without a mail server this is where they can be read. */
  @Get()
  @Roles('admin')
  @ApiOkResponse({ type: [MailDto] })
  async list(
    @Query() query: MailListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailDto[]> {
    const page = await this.mails.page(query);
    linkNext(request, response, page);
    return page.items;
  }

  /** Whether mails are sent, and how many wait. */
  @Get('delivery')
  @Roles('admin')
  @ApiOkResponse({ type: MailDeliveryDto })
  delivery(): Promise<MailDeliveryDto> {
    return this.mails.state();
  }

  /**
   * Tries at once to send a mail that was given up, waits for its next try, or was kept. 409 `already-sent`, or
   * `no-mail-server` where none is set up.
   */
  @Post(':mailId/retry')
  @HttpCode(HttpStatus.OK)
  @Roles('admin')
  @ApiOkResponse({ type: MailDto })
  async retry(@CurrentUser() actor: Actor, @Param('mailId', ParseUUIDPipe) mailId: string): Promise<MailDto> {
    return MailDto.from(await this.mailer.retry(actor, mailId));
  }
}
