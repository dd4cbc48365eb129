import { Body, Controller, Delete, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../../idempotency';
import { UserDto } from '../../users';
import { InvitationResultsDto, InvitePeopleDto } from './invitations.dto';
import { InvitationsService } from './invitations.service';

@ApiTags('people')
@ApiBearerAuth()
@Roles('admin')
@Controller('users')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly idempotency: Idempotency,
  ) {}

  /** Invites up to 100 people; the answer says for each what became of it. */
  @Post('invitations')
  @HttpCode(HttpStatus.OK)
  @AcceptsIdempotencyKey()
  @ApiOkResponse({ type: InvitationResultsDto })
  inviteMany(
    @CurrentUser() actor: Actor,
    @Body() { people }: InvitePeopleDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<InvitationResultsDto> {
    return this.idempotency.onceAnswered(request, async () => ({
      results: await this.invitations.inviteMany(actor, people),
    }));
  }

  /** Mails a new link; the one before is worth nothing any more. At most once a minute, and five times an hour. */
  @Post(':userId/invitation')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: UserDto })
  @ApiConflictResponse({ description: '`no-open-invitation`' })
  resend(@CurrentUser() actor: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<UserDto> {
    return this.invitations.resend(actor, userId);
  }

  /** The link is worth nothing any more, and the address is free again. */
  @Delete(':userId/invitation')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`no-open-invitation`' })
  withdraw(@CurrentUser() actor: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<void> {
    return this.invitations.withdraw(actor, userId);
  }
}
