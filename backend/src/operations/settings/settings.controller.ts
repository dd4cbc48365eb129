import { Controller, Delete, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { Settings } from '../../config';
import { DemoService } from '../demo/demo.service';
import { DESCRIBED_SETTINGS } from './described-settings';
import { DemoDataDto, DemoRemovedDto, SettingDto } from './settings.dto';

@ApiTags('administration')
@ApiBearerAuth()
@Roles('admin')
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly settings: Settings,
    private readonly demo: DemoService,
  ) {}

  /** What the environment sets, in words; nothing of it can be changed from here. */
  @Get()
  @ApiOkResponse({ type: [SettingDto] })
  list(): SettingDto[] {
    return DESCRIBED_SETTINGS.map((setting) => SettingDto.from(setting, this.settings));
  }

  /** The sample people and tickets that are still there; noughts when there are none. */
  @Get('demo')
  @ApiOkResponse({ type: DemoDataDto })
  async demoData(): Promise<DemoDataDto> {
    return this.demo.count();
  }

  /** Removes the sample people and their tickets for good. The last admin stays. */
  @Delete('demo')
  @ApiOkResponse({ type: DemoRemovedDto })
  async removeDemo(@CurrentUser() actor: Actor): Promise<DemoRemovedDto> {
    return this.demo.removeFor(actor);
  }
}
