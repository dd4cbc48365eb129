import {
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole, CurrentUser, type Actor } from '../access';
import { linkNext } from '../common';
import { ParseTicketId } from '../tickets';
import { NotificationDto, NotificationListQuery } from './dto/notification.dto';
import { NotificationsService } from './notifications.service';

@ApiTags('notifications')
@ApiBearerAuth()
@AnyRole()
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  /** The caller's own notices, newest first. */
  @Get()
  @ApiOkResponse({ type: [NotificationDto] })
  async list(
    @CurrentUser() actor: Actor,
    @Query() query: NotificationListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NotificationDto[]> {
    const page = await this.notifications.list(actor, query);
    linkNext(request, response, page);
    return page.items;
  }

  /** Marks one notice as read, on all devices. */
  @Put(':notificationId/read')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  markRead(@CurrentUser() actor: Actor, @Param('notificationId', ParseUUIDPipe) notificationId: string): Promise<void> {
    return this.notifications.markRead(actor, notificationId);
  }

  /** Marks all notices about one ticket as read, on all devices; does nothing where there are none. */
  @Put('tickets/:ticketId/read')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  markTicketRead(@CurrentUser() actor: Actor, @Param('ticketId', ParseTicketId) ticketId: number): Promise<void> {
    return this.notifications.markTicketRead(actor, ticketId);
  }

  /** Marks all notices as read, on all devices. */
  @Post('read-all')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  markAllRead(@CurrentUser() actor: Actor): Promise<void> {
    return this.notifications.markAllRead(actor);
  }
}
