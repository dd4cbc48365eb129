import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { RateLimits } from '../common';
import { InTransaction, UnitOfWork, type Transaction } from '../database';
import { Mailer } from '../mail';
import { canonicalEmail, EmailTaken, UserAnonymised, UserDisabled, UsersService } from '../users';
import { AuthMails } from './auth-mails';
import { InvalidToken } from './auth.errors';
import { OneTimeTokens } from './one-time-tokens';
import { OwnPassword } from './own-password';
import { SignInsService } from './sign-ins.service';

/** So long somebody looks for the mail before another one is sent. */
const CONFIRMATION_PAUSE_SECONDS = 60;

/** The address of an account, and its end. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly ownPassword: OwnPassword,
    private readonly signIns: SignInsService,
    private readonly tokens: OneTimeTokens,
    private readonly mails: AuthMails,
    private readonly mailer: Mailer,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Mails a link to the new address; until it is followed, everything stays. One's own address is only confirmed. */
  async askForEmail(actor: Actor, email: string, password: string): Promise<void> {
    await this.limits.spend('confirmations', actor.id);
    const user = await this.ownPassword.confirm(actor, password);
    const wanted = canonicalEmail(email);
    const isOther = wanted !== user.emailKey;
    if (isOther && (await this.users.findByEmail(email))) throw new EmailTaken();
    await this.limits.spend('confirmations', wanted);
    await this.unitOfWork.run(async (tx) => {
      await this.mails.confirmAddress(tx, user.id, email);
      if (isOther) await this.mails.addressChangeAsked(tx, user);
    });
  }

  /** Mails the link for the person's own address once more; nothing to somebody who has followed it already. */
  async askAgain(actor: Actor): Promise<void> {
    const user = await this.users.get(actor.id);
    if (user.confirmedAt !== null) return;
    await this.tokens.assertPause(actor.id, 'email', CONFIRMATION_PAUSE_SECONDS);
    await this.limits.spend('confirmations', actor.id);
    await this.unitOfWork.run((tx) => this.mails.confirmAddress(tx, actor.id, user.email));
  }

  /** The link shows that the address is the person's own. It does not sign in. */
  async confirmEmail(token: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { userId, email } = await this.tokens.use(tx, token, 'email');
      const user = await this.users.get(userId, tx);
      if (!email || !user.active) throw new InvalidToken();
      await this.users.confirmEmail(tx, user, email);
      if (user.emailKey === canonicalEmail(email)) return;
      // Links that went to the old address must not open the account any more.
      await this.tokens.revoke(tx, userId, ['password-reset']);
      await this.mails.addressChanged(tx, user);
    });
  }

  async deleteOwn(actor: Actor, password: string): Promise<void> {
    await this.ownPassword.confirm(actor, password);
    await this.users.remove(actor, actor.id);
  }

  /** A switched-off person is signed out everywhere by the same transaction. */
  @InTransaction(UserDisabled)
  async endSignIns({ userId }: UserDisabled, tx: Transaction): Promise<void> {
    await this.signIns.endAll(tx, userId, 'disabled');
    await this.tokens.revoke(tx, userId, ['password-reset', 'email']);
  }

  @InTransaction(UserAnonymised)
  async forget({ userId, email }: UserAnonymised, tx: Transaction): Promise<void> {
    await this.signIns.endAll(tx, userId, 'deleted');
    await this.signIns.forget(tx, userId);
    await this.tokens.forget(tx, userId);
    await this.mailer.forget(tx, userId, email);
  }
}
