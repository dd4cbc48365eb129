import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../../idempotency';
import { CreateViewDto, UpdateViewDto, ViewCountDto, ViewDto } from './view.dto';
import { ViewsService } from './views.service';

@ApiTags('views')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('views')
export class ViewsController {
  constructor(
    private readonly views: ViewsService,
    private readonly idempotency: Idempotency,
  ) {}

  /** The caller's own saved lists, then the shared ones of others, by name. */
  @Get()
  @ApiOkResponse({ type: [ViewDto] })
  list(@CurrentUser() actor: Actor): Promise<ViewDto[]> {
    return this.views.list(actor);
  }

  /** How many tickets each of these lists shows to the caller, up to 1000. */
  @Get('counts')
  @ApiOkResponse({ type: [ViewCountDto] })
  counts(@CurrentUser() actor: Actor): Promise<ViewCountDto[]> {
    return this.views.counts(actor);
  }

  /** Saves a list under a name that is new among the caller's, or among the shared ones. */
  @Post()
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: ViewDto })
  @ApiConflictResponse({ description: '`name-taken`, `too-many-views`, `in-progress`' })
  create(
    @CurrentUser() actor: Actor,
    @Body() view: CreateViewDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<ViewDto> {
    return this.idempotency.once(
      request,
      () => this.views.create(actor, view),
      (id) => this.views.get(actor, id),
    );
  }

  /** Renames, changes what is shown, shares or takes back; a shared one only by its owner or an admin. */
  @Patch(':viewId')
  @ApiOkResponse({ type: ViewDto })
  @ApiConflictResponse({ description: '`name-taken`, `too-many-views`' })
  update(
    @CurrentUser() actor: Actor,
    @Param('viewId', ParseUUIDPipe) viewId: string,
    @Body() change: UpdateViewDto,
  ): Promise<ViewDto> {
    return this.views.update(actor, viewId, change);
  }

  /** Deletes a saved list; tickets are not touched. */
  @Delete(':viewId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(@CurrentUser() actor: Actor, @Param('viewId', ParseUUIDPipe) viewId: string): Promise<void> {
    return this.views.remove(actor, viewId);
  }
}
