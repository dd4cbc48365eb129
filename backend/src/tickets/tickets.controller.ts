import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  UploadedFiles,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole, CurrentUser, Roles, type Actor } from '../access';
import { filesInterceptor, type ReceivedFile } from '../attachments';
import { expectedVersion, linkNext, RateLimits } from '../common';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import {
  ChangePriorityDto,
  ChangeStatusDto,
  CreateTicketDto,
  NeedsReplyDto,
  UpdateTicketDto,
} from './dto/ticket-input.dto';
import { TicketListQuery } from './dto/ticket-list-query.dto';
import { TicketCountsDto, TicketDto, TicketSummaryDto } from './dto/ticket.dto';
import { ParseTicketId, withETag } from './http';
import { TicketCreationService } from './ticket-creation.service';
import type { Ticket } from './ticket.entity';
import { TicketListQueries } from './ticket-list.query';
import { TicketRenderer } from './ticket.renderer';
import { TicketsService } from './tickets.service';

export const IfMatch = (): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of the ticket, a list of them, or `*`; 412 when it has changed since.',
  });

@ApiTags('tickets')
@ApiBearerAuth()
@AnyRole()
@Controller('tickets')
export class TicketsController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly creation: TicketCreationService,
    private readonly lists: TicketListQueries,
    private readonly renderer: TicketRenderer,
    private readonly limits: RateLimits,
    private readonly idempotency: Idempotency,
  ) {}

  /** Tickets the caller may see: customers their own, staff all. */
  @Get()
  @ApiOkResponse({ type: [TicketSummaryDto] })
  async list(
    @CurrentUser() actor: Actor,
    @Query() query: TicketListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketSummaryDto[]> {
    if (query.q) await this.limits.spend('search', actor.id);
    const page = await this.lists.page(actor, query);
    linkNext(request, response, page);
    return this.renderer.listed(actor, page.items);
  }

  /** How many tickets there are of each kind, counted up to 1000. */
  @Get('counts')
  @ApiOkResponse({ type: TicketCountsDto })
  counts(@CurrentUser() actor: Actor): Promise<TicketCountsDto> {
    return this.lists.counts(actor);
  }

  /** Opens a ticket; as multipart/form-data it may bring screenshots and documents in `attachments`. */
  @Post()
  @AcceptsIdempotencyKey()
  @UseInterceptors(filesInterceptor('attachments'))
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiExtraModels(CreateTicketDto)
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(CreateTicketDto) },
        { type: 'object', properties: { attachments: { type: 'array', items: { type: 'string', format: 'binary' } } } },
      ],
    },
  })
  @ApiCreatedResponse({
    type: TicketDto,
    headers: { Location: { description: 'The new ticket.', schema: { type: 'string' } } },
  })
  async create(
    @CurrentUser() actor: Actor,
    @Body() input: CreateTicketDto,
    @UploadedFiles() files: ReceivedFile[] | undefined,
    @KeyOfRequest() request: KeyedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.idempotency.once(
      request,
      async () => {
        await this.limits.spend('tickets', actor.id);
        return this.creation.create(actor, input, files ?? []);
      },
      (id) => this.tickets.getFor(actor, Number(id)),
    );
    response.setHeader('Location', `/api/tickets/${ticket.number}`);
    return this.answer(actor, ticket, response);
  }

  /** One ticket; its ETag is the caller's own version. */
  @Get(':ticketId')
  @ApiOkResponse({ type: TicketDto })
  async get(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    return withETag(response, await this.renderer.detailed(actor, await this.lists.one(actor, ticketId)));
  }

  /** Changes subject, description, category or (staff) tags. */
  @Patch(':ticketId')
  @IfMatch()
  @ApiOkResponse({ type: TicketDto })
  async update(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() update: UpdateTicketDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.tickets.update(actor, ticketId, update, expectedVersion(request));
    return this.answer(actor, ticket, response);
  }

  /** Gone for everyone; an admin can restore it for 30 days. */
  @Delete(':ticketId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  delete(@CurrentUser() actor: Actor, @Param('ticketId', ParseTicketId) ticketId: number): Promise<void> {
    return this.tickets.delete(actor, ticketId);
  }

  /** Brings a deleted ticket back, within 30 days. */
  @Post(':ticketId/restore')
  @Roles('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: TicketDto })
  async restore(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    return this.answer(actor, await this.tickets.restore(actor, ticketId), response);
  }

  /** Takes a step of the lifecycle; a refused one says which are possible. */
  @Put(':ticketId/status')
  @IfMatch()
  @ApiOkResponse({ type: TicketDto })
  async changeStatus(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { status }: ChangeStatusDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.tickets.changeStatus(actor, ticketId, status, expectedVersion(request));
    return this.answer(actor, ticket, response);
  }

  /** Customers may change it while nobody has claimed the ticket. */
  @Put(':ticketId/priority')
  @IfMatch()
  @ApiOkResponse({ type: TicketDto })
  async changePriority(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { priority }: ChangePriorityDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    const ticket = await this.tickets.changePriority(actor, ticketId, priority, expectedVersion(request));
    return this.answer(actor, ticket, response);
  }

  /** Staff say that no reply is needed; a reply says so too, and the customer's next word that one is. */
  @Put(':ticketId/needs-reply')
  @Roles('agent', 'admin')
  @ApiOkResponse({ type: TicketDto })
  async settle(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { needsReply }: NeedsReplyDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketDto> {
    return this.answer(actor, await this.tickets.settle(actor, ticketId, needsReply), response);
  }

  private async answer(actor: Actor, ticket: Ticket, response: Response): Promise<TicketDto> {
    return withETag(response, await this.renderer.ticket(actor, ticket));
  }
}
