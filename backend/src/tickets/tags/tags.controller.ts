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
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../../access';
import { linkNext } from '../../common';
import { TagMovesService } from './tag-moves.service';
import { MergeTagDto, RenameTagDto, TagDto, TagListQuery } from './tag.dto';
import { TagsService } from './tags.service';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tags')
export class TagsController {
  constructor(
    private readonly tags: TagsService,
    private readonly moves: TagMovesService,
  ) {}

  /** Tags in use: to complete what is typed, and for the page of admins. */
  @Get()
  @Roles('agent', 'admin')
  @ApiOkResponse({ type: [TagDto] })
  async list(
    @Query() query: TagListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TagDto[]> {
    const page = await this.tags.list(query);
    linkNext(request, response, page);
    return page.items;
  }

  /**
   * Renames a tag on all its tickets, one after the other in the background; `change` of the list tells how far it is.
   * Saved views follow. A name that tickets have already is refused: merge instead.
   */
  @Patch(':tagId')
  @Roles('admin')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: TagDto })
  @ApiConflictResponse({ description: '`name-taken`, `tag-busy`' })
  rename(
    @CurrentUser() actor: Actor,
    @Param('tagId', ParseUUIDPipe) tagId: string,
    @Body() { name }: RenameTagDto,
  ): Promise<TagDto> {
    return this.moves.rename(actor, tagId, name);
  }

  /** Gives all tickets of this tag another one instead, in the background; answers with the other one. */
  @Post(':tagId/merge')
  @Roles('admin')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: TagDto })
  @ApiConflictResponse({ description: '`tag-busy`' })
  merge(
    @CurrentUser() actor: Actor,
    @Param('tagId', ParseUUIDPipe) tagId: string,
    @Body() { into }: MergeTagDto,
  ): Promise<TagDto> {
    return this.moves.merge(actor, tagId, into);
  }

  /** Takes a tag from all its tickets, in the background. */
  @Delete(':tagId')
  @Roles('admin')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse()
  @ApiConflictResponse({ description: '`tag-busy`' })
  remove(@CurrentUser() actor: Actor, @Param('tagId', ParseUUIDPipe) tagId: string): Promise<void> {
    return this.moves.remove(actor, tagId);
  }
}
