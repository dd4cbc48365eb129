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
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type Actor } from '../access';
import { linkNext } from '../common';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { InviteUserDto, RemoveUserQuery, UpdateUserDto, UserDto, UserListQuery } from './dto/user.dto';
import { PeopleDirectory } from './people-directory';
import { UsersService } from './users.service';

@ApiTags('people')
@ApiBearerAuth()
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly directory: PeopleDirectory,
    private readonly idempotency: Idempotency,
  ) {}

  /** People by name. */
  @Get()
  @Roles('agent', 'admin')
  @ApiOkResponse({ type: [UserDto] })
  async list(
    @Query() query: UserListQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto[]> {
    const page = await this.directory.list(query);
    linkNext(request, response, page);
    return page.items;
  }

  /** Invites a person: they get a mail with a link to choose a password, and cannot sign in before. */
  @Post()
  @Roles('admin')
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: UserDto })
  invite(
    @CurrentUser() actor: Actor,
    @Body() person: InviteUserDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<UserDto> {
    return this.idempotency.once(
      request,
      () => this.users.invite(actor, person),
      (id) => this.users.shown(id),
    );
  }

  /**
   * Changes name or role, or switches a person off; it takes effect on all their open sign-ins within 5 s. Tickets of
   * staff who leave, switched off or a customer from now on, go to `reassignTo` or into the queue within seconds, unless
   * they are closed.
   */
  @Patch(':userId')
  @Roles('admin')
  @ApiOkResponse({ type: UserDto })
  update(
    @CurrentUser() actor: Actor,
    @Param('userId', ParseUUIDPipe) userId: string,
    @Body() change: UpdateUserDto,
  ): Promise<UserDto> {
    return this.users.update(actor, userId, change);
  }

  /**
   * Signs a person out and takes away who they were, for good; what they asked and said stays. Tickets that they hold and
   * that are not closed go to `reassignTo`, or into the queue, within seconds.
   */
  @Delete(':userId')
  @Roles('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(
    @CurrentUser() actor: Actor,
    @Param('userId', ParseUUIDPipe) userId: string,
    @Query() { reassignTo }: RemoveUserQuery,
  ): Promise<void> {
    return this.users.remove(actor, userId, reassignTo);
  }
}
