import { Controller, Get, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../../access';
import { linkNext } from '../../common';
import { downloadOf } from '../download';
import { AuditTrail } from './audit-trail';
import { AuditEntryDto, AuditExportQuery, AuditFilterQuery, AuditListQuery } from './audit.dto';

@ApiTags('audit')
@ApiBearerAuth()
@Roles('admin')
@Controller('audit')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  /** Who did what, the newest first. Entries are only ever added. */
  @Get()
  @ApiOkResponse({ type: [AuditEntryDto] })
  async list(
    @Query() query: AuditListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditEntryDto[]> {
    const page = await this.trail.list(AuditFilterQuery.filterOf(query), query.limit, query.cursor);
    linkNext(request, response, page);
    return page.items;
  }

  /** All entries of a filter as one file, up to now; at most 10 in an hour. */
  @Get('export')
  @ApiProduces('text/csv', 'application/json')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async export(
    @CurrentUser() actor: Actor,
    @Query() query: AuditExportQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { format } = query;
    const text = await this.trail.export(actor, AuditFilterQuery.filterOf(query), format);
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
    return downloadOf(response, text, { type, filename: `audit-log.${format}` });
  }
}
