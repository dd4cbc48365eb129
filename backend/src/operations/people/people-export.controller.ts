import { Controller, Get, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../../access';
import { UserFilterQuery } from '../../users';
import { downloadOf } from '../download';
import { PeopleExport } from './people-export';

@ApiTags('people')
@ApiBearerAuth()
@Roles('admin')
@Controller('users/export')
export class PeopleExportController {
  constructor(private readonly people: PeopleExport) {}

  /** All people of a filter as a CSV file; at most 10 exports in an hour. */
  @Get()
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async export(
    @CurrentUser() actor: Actor,
    @Query() filter: UserFilterQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const text = await this.people.asCsv(actor, filter);
    return downloadOf(response, text, { type: 'text/csv; charset=utf-8', filename: 'people.csv' });
  }
}
