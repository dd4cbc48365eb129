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
  Res,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnyRole, CurrentUser, type Actor } from '../access';
import { NotFound } from '../common';
import { Settings } from '../config';
import { UsersService, type User } from '../users';
import { AccountsService } from './accounts.service';
import { ChangeEmailDto, DeleteMeDto, MeDto, SessionDto, UpdateMeDto } from './dto/me.dto';
import { RefreshCookie } from './refresh-cookie';
import { SignInsService } from './sign-ins.service';

@ApiTags('me')
@ApiBearerAuth()
@AnyRole()
@Controller('me')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly signIns: SignInsService,
    private readonly accounts: AccountsService,
    private readonly cookie: RefreshCookie,
    private readonly settings: Settings,
  ) {}

  /** The signed-in person, with preferences. */
  @Get()
  @ApiOkResponse({ type: MeDto })
  async get(@CurrentUser() actor: Actor): Promise<MeDto> {
    return this.shown(await this.users.get(actor.id));
  }

  /** Changes name or preferences; what is left out stays as it is. */
  @Patch()
  @ApiOkResponse({ type: MeDto })
  async update(@CurrentUser() actor: Actor, @Body() change: UpdateMeDto): Promise<MeDto> {
    return this.shown(await this.users.updateSelf(actor.id, change));
  }

  /** Mails a link to the new address, and tells the old one; the address changes when the link is followed. */
  @Post('email')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse()
  changeEmail(@CurrentUser() actor: Actor, @Body() { email, password }: ChangeEmailDto): Promise<void> {
    return this.accounts.askForEmail(actor, email, password);
  }

  /** Mails the link that confirms the own address once more, at the earliest a minute after the last one. */
  @Post('email/confirmation')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse()
  confirmEmail(@CurrentUser() actor: Actor): Promise<void> {
    return this.accounts.askAgain(actor);
  }

  /** Signs out everywhere and takes away who the person was, for good; tickets and messages stay. */
  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async remove(
    @CurrentUser() actor: Actor,
    @Body() { password }: DeleteMeDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.accounts.deleteOwn(actor, password);
    this.cookie.clear(response);
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

  private shown(user: User): MeDto {
    return MeDto.from(user, this.settings.confirmsEmail);
  }
}
