import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../access';
import { expectedVersion, linkNext } from '../common';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { CannedRepliesService } from './canned-replies.service';
import { CannedReplyList } from './canned-reply-list';
import {
  CannedReplyDto,
  CannedReplyListQuery,
  CannedReplyVersionDto,
  CreateCannedReplyDto,
  UpdateCannedReplyDto,
} from './dto/canned-reply.dto';

const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The version in quotes, a list of them, or `*`; 412 when the reply has changed since.',
  });

@ApiTags('canned replies')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('canned-replies')
export class CannedRepliesController {
  constructor(
    private readonly replies: CannedRepliesService,
    private readonly found: CannedReplyList,
    private readonly idempotency: Idempotency,
  ) {}

  /** The caller's own canned replies and the shared ones. */
  @Get()
  @ApiOkResponse({ type: [CannedReplyDto] })
  async list(
    @CurrentUser() actor: Actor,
    @Query() query: CannedReplyListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CannedReplyDto[]> {
    const page = await this.found.page(actor, query);
    linkNext(request, response, page);
    return page.items;
  }

  /** Saves an own one, or as an admin one that all share. */
  @Post()
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: CannedReplyDto })
  @ApiConflictResponse({ description: '`key-taken`, `too-many-canned-replies`, `in-progress`' })
  create(
    @CurrentUser() actor: Actor,
    @Body() reply: CreateCannedReplyDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<CannedReplyDto> {
    return this.idempotency.once(
      request,
      () => this.replies.create(actor, reply),
      (id) => this.replies.get(actor, id),
    );
  }

  /** Changes an own one, or as an admin one that all share. */
  @Patch(':replyId')
  @IfMatch()
  @ApiOkResponse({ type: CannedReplyDto })
  @ApiConflictResponse({ description: '`key-taken`' })
  update(
    @CurrentUser() actor: Actor,
    @Param('replyId', ParseUUIDPipe) replyId: string,
    @Body() change: UpdateCannedReplyDto,
    @Req() request: Request,
  ): Promise<CannedReplyDto> {
    return this.replies.update(actor, replyId, change, expectedVersion(request));
  }

  /** Deletes it with all that it ever said; messages stay as they are. */
  @Delete(':replyId')
  @IfMatch()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(
    @CurrentUser() actor: Actor,
    @Param('replyId', ParseUUIDPipe) replyId: string,
    @Req() request: Request,
  ): Promise<void> {
    return this.replies.remove(actor, replyId, expectedVersion(request));
  }

  /** Counts that the caller inserted it. */
  @Post(':replyId/uses')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  use(@CurrentUser() actor: Actor, @Param('replyId', ParseUUIDPipe) replyId: string): Promise<void> {
    return this.replies.use(actor, replyId);
  }

  /** What it said and who wrote it, the newest 100 versions first. */
  @Get(':replyId/versions')
  @ApiOkResponse({ type: [CannedReplyVersionDto] })
  versions(
    @CurrentUser() actor: Actor,
    @Param('replyId', ParseUUIDPipe) replyId: string,
  ): Promise<CannedReplyVersionDto[]> {
    return this.replies.versions(actor, replyId);
  }

  /** Makes an earlier version the newest one. */
  @Post(':replyId/versions/:version/restore')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: CannedReplyDto })
  @ApiConflictResponse({ description: '`key-taken`' })
  restore(
    @CurrentUser() actor: Actor,
    @Param('replyId', ParseUUIDPipe) replyId: string,
    @Param('version', ParseIntPipe) version: number,
  ): Promise<CannedReplyDto> {
    return this.replies.restore(actor, replyId, version);
  }
}
