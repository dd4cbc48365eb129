import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { DomainError, RateLimits, validationPipe } from '../../common';
import { UnitOfWork } from '../../database';
import { InviteUserDto, UsersService, type UserDto } from '../../users';
import { AuthMails } from '../auth-mails';
import { OneTimeTokens } from '../one-time-tokens';
import type { InvitationResultDto } from './invitations.dto';

/** So long somebody looks for the mail before another one is sent. */
const RESEND_PAUSE_SECONDS = 60;

/** Invitations of many people, and those that nobody has accepted yet. */
@Injectable()
export class InvitationsService {
  private readonly validation = validationPipe();

  constructor(
    private readonly users: UsersService,
    private readonly tokens: OneTimeTokens,
    private readonly mails: AuthMails,
    private readonly limits: RateLimits,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One by one: each is invited whole or not at all, whatever becomes of the others. */
  async inviteMany(actor: Actor, people: readonly unknown[]): Promise<InvitationResultDto[]> {
    const results: InvitationResultDto[] = [];
    for (const person of people) results.push(await this.tryInvite(actor, person));
    return results;
  }

  async resend(actor: Actor, userId: string): Promise<UserDto> {
    await this.limits.spend('invitations', userId);
    await this.unitOfWork.run(async (tx) => {
      const user = await this.users.lockInvited(tx, userId);
      await this.tokens.assertPause(userId, 'invitation', RESEND_PAUSE_SECONDS, tx);
      await this.mails.invite(tx, user, actor.name);
      await this.audit.record(tx, {
        action: 'invitation.resent',
        actorId: actor.id,
        object: { type: 'user', id: userId },
      });
    });
    return this.users.shown(userId);
  }

  /** Against somebody who accepts at the same moment one of the two wins, and the other is refused. */
  async withdraw(actor: Actor, userId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      // As accepting does: first the link, then the person.
      await this.tokens.revoke(tx, userId, ['invitation']);
      await this.users.lockInvited(tx, userId);
      await this.audit.record(tx, {
        action: 'invitation.withdrawn',
        actorId: actor.id,
        object: { type: 'user', id: userId },
      });
      await this.users.anonymise(tx, actor, userId, null);
    });
  }

  private async tryInvite(actor: Actor, person: unknown): Promise<InvitationResultDto> {
    try {
      const invitation = (await this.validation.transform(person, {
        type: 'body',
        metatype: InviteUserDto,
      })) as InviteUserDto;
      return { user: await this.users.invite(actor, invitation), error: null };
    } catch (error) {
      if (!(error instanceof DomainError) || error.status >= 500) throw error;
      return { user: null, error: { code: error.code, detail: error.message } };
    }
  }
}
