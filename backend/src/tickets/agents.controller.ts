import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles } from '../access';
import { OnlineStatus, UsersService } from '../users';
import { AgentDto } from './dto/ticket.dto';
import { TicketListQueries } from './ticket-list.query';

@ApiTags('people')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('agents')
export class AgentsController {
  constructor(
    private readonly users: UsersService,
    private readonly lists: TicketListQueries,
    private readonly onlineStatus: OnlineStatus,
  ) {}

  /** Everybody a ticket can be given to, with presence and load, by name. */
  @Get()
  @ApiOkResponse({ type: [AgentDto] })
  async list(): Promise<AgentDto[]> {
    const staff = await this.users.staff();
    const ids = staff.map(({ id }) => id);
    const loads = await this.lists.loads(ids);
    const states = await this.onlineStatus.statesOf(ids);
    return staff.map(({ id, name, role }) => {
      const presence = states.get(id) ?? 'offline';
      return { id, name, role, online: presence !== 'offline', presence, load: loads.get(id) ?? 0 };
    });
  }
}
