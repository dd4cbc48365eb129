import { Injectable } from '@nestjs/common';
import { Settings } from '../config';
import { InTransaction, type Transaction } from '../database';
import { Mailer, mailTexts, renderMail, type MailTexts, type Wording } from '../mail';
import { UserInvited, UsersService, type User } from '../users';
import { SignInsEnded } from './events/sign-in-events';
import { OneTimeTokens } from './one-time-tokens';

interface AccountMail {
  /** Whom it greets, in which language. */
  user: User;
  to: string;
  wording: (texts: MailTexts) => Wording;
  link?: { page: string; token: string };
  greetsByName?: boolean;
}

/** The mails about an account. Links are built from PUBLIC_URL alone. */
@Injectable()
export class AuthMails {
  constructor(
    private readonly settings: Settings,
    private readonly tokens: OneTimeTokens,
    private readonly mailer: Mailer,
    private readonly users: UsersService,
  ) {}

  @InTransaction(UserInvited)
  async inviteUser({ user: { id }, inviter }: UserInvited, tx: Transaction): Promise<void> {
    await this.invite(tx, await this.users.get(id, tx), inviter.name);
  }

  /** With a new link; any before is worth nothing any more. */
  async invite(tx: Transaction, user: User, inviterName: string): Promise<void> {
    const token = await this.tokens.issue(tx, user.id, 'invitation');
    await this.send(tx, {
      user,
      to: user.email,
      wording: (texts) => texts.invitation(inviterName),
      link: { page: 'invite', token },
      greetsByName: true,
    });
  }

  async resetPassword(tx: Transaction, user: User): Promise<void> {
    const token = await this.tokens.issue(tx, user.id, 'password-reset');
    await this.send(tx, {
      user,
      to: user.email,
      wording: (texts) => texts.passwordReset(),
      link: { page: 'reset-password', token },
    });
  }

  async passwordChanged(tx: Transaction, user: User): Promise<void> {
    await this.send(tx, { user, to: user.email, wording: (texts) => texts.passwordChanged() });
  }

  /** To an address of which nobody knows yet whose it is: it says nothing that anybody typed. */
  async confirmAddress(tx: Transaction, userId: string, email: string): Promise<void> {
    const user = await this.users.get(userId, tx);
    const token = await this.tokens.issue(tx, userId, 'email', email);
    await this.send(tx, {
      user,
      to: email,
      wording: (texts) => texts.confirmAddress(),
      link: { page: 'confirm-email', token },
      greetsByName: false,
    });
  }

  async addressChangeAsked(tx: Transaction, user: User): Promise<void> {
    await this.send(tx, { user, to: user.email, wording: (texts) => texts.addressChangeAsked() });
  }

  /** To the address that is not the account's any more. */
  async addressChanged(tx: Transaction, before: User): Promise<void> {
    await this.send(tx, { user: before, to: before.email, wording: (texts) => texts.addressChanged() });
  }

  @InTransaction(SignInsEnded)
  async tokenReused({ userId, reason }: SignInsEnded, tx: Transaction): Promise<void> {
    if (reason !== 'token-reused') return;
    const user = await this.users.get(userId, tx);
    await this.send(tx, { user, to: user.email, wording: (texts) => texts.deviceSignedOut() });
  }

  private async send(tx: Transaction, { user, to, wording, link, greetsByName }: AccountMail): Promise<void> {
    const { language } = user.preferences;
    const texts = mailTexts(language);
    const { action, ...said } = wording(texts);
    // Anybody can register any address under any name: until it is known to be theirs, a mail repeats nothing they typed.
    const isNamed = greetsByName ?? user.confirmedAt !== null;
    const content = renderMail({
      language,
      greeting: texts.greeting(isNamed ? user.name : null),
      ...said,
      ...(action && link && { action: { label: action, url: this.urlOf(link) } }),
    });
    await this.mailer.send(tx, to, content);
  }

  private urlOf({ page, token }: { page: string; token: string }): string {
    return `${this.settings.publicUrl}/${page}?token=${token}`;
  }
}
