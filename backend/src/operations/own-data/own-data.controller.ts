import { Controller, Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnyRole, CurrentUser, type Actor } from '../../access';
import { downloadOf } from '../download';
import { OwnDataService } from './own-data.service';

@ApiTags('me')
@ApiBearerAuth()
@AnyRole()
@Controller('me/export')
export class OwnDataController {
  constructor(private readonly ownData: OwnDataService) {}

  /**
   * All that is the caller's own, as one JSON file: account, devices, tickets they opened with their conversations, what
   * they wrote elsewhere, drafts, views, canned replies, notices. At most 10 in an hour.
   */
  @Get()
  @ApiProduces('application/json')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async export(@CurrentUser() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const text = await this.ownData.export(actor);
    return downloadOf(response, text, { type: 'application/json', filename: 'my-data.json' });
  }
}
