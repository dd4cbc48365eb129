import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../access';
import { expectedVersion } from '../common';
import { AssignmentService } from './assignment.service';
import { AssignTicketDto } from './dto/ticket-input.dto';
import { TicketDto } from './dto/ticket.dto';
import { ParseTicketId, withETag } from './http';
import { TicketRenderer } from './ticket.renderer';
import { IfMatch } from './tickets.controller';

@ApiTags('tickets')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('tickets/:ticketId')
export class AssignmentController {
  constructor(
    private readonly assignment: AssignmentService,
    private readonly renderer: TicketRenderer,
  ) {}

  /** Takes the ticket; when agents race, one wins and the others are told who. */
  @Post('claim')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: TicketDto })
  async claim(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.assignment.claim(actor, ticketId);
    return withETag(response, await this.renderer.ticket(actor, ticket));
  }

  /** Gives the ticket to an active agent or admin; the status stays. */
  @Put('assignee')
  @IfMatch()
  @ApiOkResponse({ type: TicketDto })
  async assign(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { agentId }: AssignTicketDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.assignment.assign(actor, ticketId, agentId, expectedVersion(request));
    return withETag(response, await this.renderer.ticket(actor, ticket));
  }

  /** Puts the ticket back into the queue. */
  @Delete('assignee')
  @IfMatch()
  @ApiOkResponse({ type: TicketDto })
  async release(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.assignment.release(actor, ticketId, expectedVersion(request));
    return withETag(response, await this.renderer.ticket(actor, ticket));
  }
}
