import { Injectable } from '@nestjs/common';
import { Settings } from '../config';
import { InTransaction, type Transaction } from '../database';
import { Mailer, renderMail } from '../mail';
import { UserInvited, type User } from '../users';
import { OneTimeTokens } from './one-time-tokens';

/** The mails with a link that lets a person choose a password. Links are built from PUBLIC_URL alone. */
@Injectable()
export class AuthMails {
  constructor(
    private readonly settings: Settings,
    private readonly tokens: OneTimeTokens,
    private readonly mailer: Mailer,
  ) {}

  @InTransaction(UserInvited)
  async inviteUser({ user, inviter }: UserInvited, tx: Transaction): Promise<void> {
    const token = await this.tokens.issue(tx, user.id, 'invitation');
    await this.mailer.send(
      tx,
      user.email,
      renderMail({
        subject: 'You are invited to Parley',
        greeting: `Hello ${user.name},`,
        paragraphs: [`${inviter.name} has invited you to the help desk. Choose a password to get in.`],
        action: { label: 'Accept the invitation', url: this.link('invite', token) },
        closing: 'The link works once, for 72 hours.',
      }),
    );
  }

  async resetPassword(tx: Transaction, user: User): Promise<void> {
    const token = await this.tokens.issue(tx, user.id, 'password-reset');
    await this.mailer.send(
      tx,
      user.email,
      renderMail({
        subject: 'Choose a new password',
        greeting: greetingOf(user),
        paragraphs: ['Somebody, hopefully you, asked for a new password for your account.'],
        action: { label: 'Choose a new password', url: this.link('reset-password', token) },
        closing: 'The link works once, for 30 minutes. If it was not you, there is nothing to do.',
      }),
    );
  }

  async passwordChanged(tx: Transaction, user: User): Promise<void> {
    await this.mailer.send(
      tx,
      user.email,
      renderMail({
        subject: 'Your password was changed',
        greeting: greetingOf(user),
        paragraphs: ['The password of your account was just changed, and all other devices were signed out.'],
        closing: 'If it was not you, ask for a new password on the sign-in page at once.',
      }),
    );
  }

  private link(page: string, token: string): string {
    return `${this.settings.publicUrl}/${page}?token=${token}`;
  }
}

/** Anybody can register any address under any name: until it is known to be theirs, a mail repeats nothing they typed. */
const greetingOf = ({ name, confirmedAt }: User): string => (confirmedAt ? `Hello ${name},` : 'Hello,');
