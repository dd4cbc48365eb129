import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../access';
import { TagDto, TagListQuery } from './tag.dto';
import { TagsService } from './tags.service';

@ApiTags('tickets')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('tags')
export class TagsController {
  constructor(private readonly tags: TagsService) {}

  /** Tags to complete what is typed, most used first. */
  @Get()
  @ApiOkResponse({ type: [TagDto] })
  list(@Query() query: TagListQuery): Promise<TagDto[]> {
    return this.tags.list(query);
  }
}
