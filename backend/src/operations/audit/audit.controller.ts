import { Readable } from 'node:stream';
import { Controller, Get, Logger, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../../access';
import { linkNext } from '../../common';
import { AuditTrail } from './audit-trail';
import { AuditEntryDto, AuditExportQuery, AuditFilterQuery, AuditListQuery } from './audit.dto';

@ApiTags('audit')
@ApiBearerAuth()
@Roles('admin')
@Controller('audit')
export class AuditController {
  private readonly logger = new Logger(AuditController.name);

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
    const file = new StreamableFile(Readable.from(text), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      disposition: `attachment; filename="audit-log.${format}"`,
    });
    // What was sent cannot be taken back: a file that breaks off must not look complete.
    return file.setErrorHandler((error) => {
      this.logger.warn({ err: error }, 'An export broke off');
      response.destroy();
    });
  }
}
