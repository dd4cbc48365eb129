import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Injectable,
  Param,
  Put,
  Query,
  type PipeTransform,
} from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentUser, type Actor } from '../access';
import { ValidationFailed } from '../common';
import { DraftDto, MESSAGE_KINDS, type MessageKind } from '../conversations';
import { ParseTicketId } from '../tickets';
import { Drafts } from './drafts';
import { DiscardDraftQuery, DraftSummaryDto, SaveDraftDto } from './dto/draft.dto';

@Injectable()
class ParseKind implements PipeTransform<string, MessageKind> {
  transform(value: string): MessageKind {
    const kind = MESSAGE_KINDS.find((known) => known === value);
    if (!kind) throw ValidationFailed.of('kind', `must be one of ${MESSAGE_KINDS.join(', ')}`);
    return kind;
  }
}

@ApiTags('drafts')
@ApiBearerAuth()
@AnyRole()
@Controller()
export class DraftsController {
  constructor(private readonly drafts: Drafts) {}

  /** What the caller has begun to write, the newest first; at most 200. */
  @Get('me/drafts')
  @ApiOkResponse({ type: [DraftSummaryDto] })
  async list(@CurrentUser() actor: Actor): Promise<DraftSummaryDto[]> {
    return (await this.drafts.list(actor)).map((draft) => DraftSummaryDto.from(draft));
  }

  /** The caller's own draft of this kind; 404 when there is none. */
  @Get('tickets/:ticketId/drafts/:kind')
  @ApiParam({ name: 'kind', enum: MESSAGE_KINDS })
  @ApiOkResponse({ type: DraftDto })
  get(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Param('kind', ParseKind) kind: MessageKind,
  ): Promise<DraftDto> {
    return this.drafts.get(actor, ticketId, kind);
  }

  /**
   * Keeps the draft for all devices of the caller; the last write wins. 409 `already-sent` once the message with this
   * `clientMsgId` exists.
   */
  @Put('tickets/:ticketId/drafts/:kind')
  @ApiParam({ name: 'kind', enum: MESSAGE_KINDS })
  @ApiOkResponse({ type: DraftDto })
  save(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Param('kind', ParseKind) kind: MessageKind,
    @Body() { body, attachmentIds = [], clientMsgId, baseSeq }: SaveDraftDto,
  ): Promise<DraftDto> {
    return this.drafts.save(actor, ticketId, kind, { body, attachmentIds, clientMsgId, baseSeq });
  }

  /** Throws the draft away; fine when there is none. */
  @Delete('tickets/:ticketId/drafts/:kind')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiParam({ name: 'kind', enum: MESSAGE_KINDS })
  @ApiNoContentResponse()
  discard(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @Param('kind', ParseKind) kind: MessageKind,
    @Query() { clientMsgId }: DiscardDraftQuery,
  ): Promise<void> {
    return this.drafts.discard(actor, ticketId, kind, clientMsgId);
  }
}
