import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentUser, type Actor } from '../access';
import { NotFound } from '../common';
import { UsersService } from '../users';
import { MeDto, SessionDto, UpdateMeDto } from './dto/me.dto';
import { SignInsService } from './sign-ins.service';

@ApiTags('me')
@ApiBearerAuth()
@AnyRole()
@Controller('me')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly signIns: SignInsService,
  ) {}

  /** The signed-in person, with preferences. */
  @Get()
  @ApiOkResponse({ type: MeDto })
  async get(@CurrentUser() actor: Actor): Promise<MeDto> {
    return MeDto.from(await this.users.get(actor.id));
  }

  /** Changes name or preferences; what is left out stays as it is. */
  @Patch()
  @ApiOkResponse({ type: MeDto })
  async update(@CurrentUser() actor: Actor, @Body() change: UpdateMeDto): Promise<MeDto> {
    return MeDto.from(await this.users.updateSelf(actor.id, change));
  }

  /** Devices that are signed in, the last used first. */
  @Get('sessions')
  @ApiOkResponse({ type: [SessionDto] })
  async sessions(@CurrentUser() actor: Actor): Promise<SessionDto[]> {
    const signIns = await this.signIns.listOpen(actor.id);
    return signIns.map((signIn) => SessionDto.from(signIn, actor.signInId));
  }

  /** Signs one device out. */
  @Delete('sessions/:sessionId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async endSession(@CurrentUser() actor: Actor, @Param('sessionId', ParseUUIDPipe) sessionId: string): Promise<void> {
    if (!(await this.signIns.endOne(actor.id, sessionId))) throw new NotFound('This sign-in');
  }
}
