import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole, CurrentUser, type Actor } from '../access';
import { newId, RateLimits, ValidationFailed } from '../common';
import {
  audienceOf,
  MessageDto,
  type NewMessage,
  TimelineEventDto,
  TimelineService,
  type TimelinePage,
  type TimelineReader,
} from '../conversations';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { ParseTicketId, TicketsService } from '../tickets';
import { ChatService, type SentMessage } from './chat.service';
import { EditMessageDto, MarkReadDto, MarkUnreadDto, SendMessageDto } from './dto/socket.dto';
import {
  CommentDto,
  EventsQuery,
  NewCommentDto,
  SentMessageDto,
  SeqDto,
  TimelineQuery,
} from './dto/timeline-query.dto';
import { InOrder } from './in-order';

const readerOf = (actor: Actor): TimelineReader => ({
  audience: audienceOf(actor),
  files: { signInId: actor.signInId },
});

/** The REST twin of the gateway: everything works with the socket blocked. */
@ApiTags('conversation')
@ApiBearerAuth()
@AnyRole()
@Controller('tickets/:ticketId')
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly tickets: TicketsService,
    private readonly timeline: TimelineService,
    private readonly limits: RateLimits,
    private readonly sends: InOrder,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * The timeline as the caller may see it, oldest first. `Parley-Stream` names the numbering, `Parley-Head` is its last
   * number; `Parley-Reset: true` says that `after` no longer fits and the answer starts from the beginning.
   */
  @Get('events')
  @ApiOkResponse({ type: [TimelineEventDto] })
  async events(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Query() query: EventsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TimelineEventDto[]> {
    assertOneDirection(query);
    await this.tickets.assertMayFollow(actor, ticketId);
    const { after = 0, before, limit, stream } = query;
    const page =
      before === undefined
        ? await this.timeline.since(ticketId, readerOf(actor), { after, limit, stream })
        : await this.timeline.before(ticketId, readerOf(actor), before, limit);
    // Over REST an `after` past the end is simply the end; only a numbering that does not fit starts anew.
    const isPastEnd = page.reset && (stream === undefined || stream === page.stream);
    announce(request, response, page, isPastEnd ? undefined : query);
    return isPastEnd ? [] : page.events;
  }

  /** The messages among the events, oldest first; removed ones stay without text and files. */
  @Get('messages')
  @ApiOkResponse({ type: [MessageDto] })
  async messages(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Query() query: TimelineQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageDto[]> {
    assertOneDirection(query);
    await this.tickets.assertMayFollow(actor, ticketId);
    const { messages, hasMore } = await this.timeline.messages(ticketId, readerOf(actor), query);
    if (hasMore) linkOn(request, response, query, messages);
    return messages;
  }

  /** Stores a message exactly once by `clientMsgId`: 201 the first time, 200 for a repeat. */
  @Post('messages')
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: SentMessageDto })
  @ApiOkResponse({ type: SentMessageDto, description: 'A repeat of what was stored before.' })
  async send(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { clientMsgId, kind, body, attachmentIds = [] }: SendMessageDto,
    @KeyOfRequest() request: KeyedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentMessageDto> {
    const sent = await this.sendOnce(request, actor, { ticketId, clientMsgId, kind, body, attachmentIds });
    if (sent.duplicate) response.status(HttpStatus.OK);
    return sent;
  }

  /** The words on record. */
  @Get('comments')
  @ApiOkResponse({ type: [CommentDto] })
  async comments(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Query() query: TimelineQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CommentDto[]> {
    assertOneDirection(query);
    await this.tickets.assertMayFollow(actor, ticketId);
    const range = { ...query, kind: 'comment' as const };
    const { messages, hasMore } = await this.timeline.messages(ticketId, readerOf(actor), range);
    if (hasMore) linkOn(request, response, query, messages);
    return messages.map((message) => CommentDto.from(message));
  }

  /** A message of kind `comment`. Without a `clientMsgId`; an `Idempotency-Key` lets it be repeated. */
  @Post('comments')
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: CommentDto })
  async comment(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { text }: NewCommentDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<CommentDto> {
    const comment = { ticketId, clientMsgId: newId(), kind: 'comment' as const, body: text, attachmentIds: [] };
    return CommentDto.from((await this.sendOnce(request, actor, comment)).message);
  }

  /** The author may change the text for 15 minutes. */
  @Patch('messages/:messageId')
  @ApiOkResponse({ type: SeqDto })
  async edit(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Param('messageId', ParseUUIDPipe) messageId: string,
    @Body() { body }: EditMessageDto,
  ): Promise<SeqDto> {
    return { seq: await this.chat.edit(actor, ticketId, messageId, body) };
  }

  /** Text and files are gone for everybody; a trace stays. Authors have 15 minutes, staff always may. */
  @Delete('messages/:messageId')
  @ApiOkResponse({ type: SeqDto })
  async remove(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Param('messageId', ParseUUIDPipe) messageId: string,
  ): Promise<SeqDto> {
    return { seq: await this.chat.remove(actor, ticketId, messageId) };
  }

  /** Moves the own read mark forward; it never goes back. */
  @Put('read')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  markRead(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { seq }: MarkReadDto,
  ): Promise<void> {
    return this.chat.markRead(actor, ticketId, seq);
  }

  /**
   * Counts the message with this number and all after it as unread, for the caller alone. It stays so until the caller
   * marks the end as read, or writes; what others see of the caller's reading does not move back.
   */
  @Put('unread')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  markUnread(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Body() { seq }: MarkUnreadDto,
  ): Promise<void> {
    return this.chat.markUnread(actor, ticketId, seq);
  }

  private sendOnce(request: KeyedRequest, actor: Actor, message: NewMessage): Promise<SentMessage> {
    const files = { signInId: actor.signInId };
    return this.idempotency.once(
      request,
      async () => {
        await this.limits.spend('messages', actor.id);
        return this.sends.run(message.ticketId, () => this.chat.send(actor, message, files));
      },
      (id) => this.chat.sent(actor, id, files),
    );
  }
}

function assertOneDirection({ after, before }: TimelineQuery): void {
  if (after !== undefined && before !== undefined)
    throw ValidationFailed.of('before', 'cannot be used together with after');
}

function announce(request: Request, response: Response, page: TimelinePage, query: EventsQuery | undefined): void {
  response.setHeader('Parley-Stream', page.stream);
  response.setHeader('Parley-Head', String(page.head));
  if (!query) return;
  if (page.reset) response.setHeader('Parley-Reset', 'true');
  if (page.hasMore) linkOn(request, response, query, page.events, page.stream);
}

/** Announces the next page in the direction of this one. */
function linkOn(
  request: Request,
  response: Response,
  { before }: TimelineQuery,
  shown: { seq: number }[],
  stream?: string,
): void {
  if (!shown.length) return;
  const url = new URL(request.originalUrl, 'http://here');
  if (before === undefined) url.searchParams.set('after', String(shown[shown.length - 1].seq));
  else url.searchParams.set('before', String(shown[0].seq));
  if (stream !== undefined) url.searchParams.set('stream', stream);
  response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
