import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../access';
import { UserRefDto } from '../users';
import { FollowersService } from './followers.service';
import { ParseTicketId } from './http';

@ApiTags('tickets')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('tickets/:ticketId/followers')
export class FollowersController {
  constructor(private readonly followers: FollowersService) {}

  /** Staff who asked to be told of this ticket, by name; customers never see them. */
  @Get()
  @ApiOkResponse({ type: [UserRefDto] })
  list(@CurrentUser() actor: Actor, @Param('ticketId', ParseTicketId) ticketId: number): Promise<UserRefDto[]> {
    return this.followers.list(actor, ticketId);
  }

  /** Follows the ticket: its messages are unread for the caller from now on. */
  @Put('me')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  follow(@CurrentUser() actor: Actor, @Param('ticketId', ParseTicketId) ticketId: number): Promise<void> {
    return this.followers.set(actor, ticketId, true);
  }

  /** Follows it no more; whoever holds the ticket or has written in it is still told. */
  @Delete('me')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  unfollow(@CurrentUser() actor: Actor, @Param('ticketId', ParseTicketId) ticketId: number): Promise<void> {
    return this.followers.set(actor, ticketId, false);
  }
}
