import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { StaffDefaultsDto, StaffDefaultsPatch } from './staff-defaults.dto';
import { StaffDefaultsService } from './staff-defaults.service';

@ApiTags('people')
@ApiBearerAuth()
@Roles('admin')
@Controller('staff-defaults')
export class StaffDefaultsController {
  constructor(private readonly defaults: StaffDefaultsService) {}

  /** What new agents and admins are told of, and how, until they choose themselves. */
  @Get()
  @ApiOkResponse({ type: StaffDefaultsDto })
  show(): Promise<StaffDefaultsDto> {
    return this.defaults.shown();
  }

  /** Merges deeply. Whoever is there already keeps what they have. */
  @Patch()
  @ApiOkResponse({ type: StaffDefaultsDto })
  update(@CurrentUser() actor: Actor, @Body() change: StaffDefaultsPatch): Promise<StaffDefaultsDto> {
    return this.defaults.update(actor, change);
  }
}
