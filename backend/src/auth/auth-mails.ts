import { Injectable } from '@nestjs/common';
import { Settings } from '../config';
import { InTransaction, type Transaction } from '../database';
import { Mailer, renderMail } from '../mail';
import { UserInvited, UsersService, type User } from '../users';
import { SignInsEnded } from './events/sign-in-events';
import { OneTimeTokens } from './one-time-tokens';

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

  /** To an address of which nobody knows yet whose it is: it says nothing that anybody typed. */
  async confirmAddress(tx: Transaction, userId: string, email: string): Promise<void> {
    const token = await this.tokens.issue(tx, userId, 'email', email);
    await this.mailer.send(
      tx,
      email,
      renderMail({
        subject: 'Confirm your address',
        greeting: 'Hello,',
        paragraphs: ['Somebody, hopefully you, gave this address for an account at our help desk.'],
        action: { label: 'Confirm the address', url: this.link('confirm-email', token) },
        closing: 'The link works once, for 24 hours. If it was not you, there is nothing to do.',
      }),
    );
  }

  async addressChangeAsked(tx: Transaction, user: User): Promise<void> {
    await this.mailer.send(
      tx,
      user.email,
      renderMail({
        subject: 'Your address is about to be changed',
        greeting: greetingOf(user),
        paragraphs: [
          'Somebody, hopefully you, asked to use another address for your account. It has to be confirmed there first; until then this one stays.',
        ],
        closing:
          'If it was not you, change your password at once: the other address can then not be confirmed any more.',
      }),
    );
  }

  /** To the address that is not the account's any more. */
  async addressChanged(tx: Transaction, before: User): Promise<void> {
    await this.mailer.send(
      tx,
      before.email,
      renderMail({
        subject: 'Your address was changed',
        greeting: greetingOf(before),
        paragraphs: ['Your account now has another address. Nothing more will be sent to this one.'],
        closing: 'If it was not you, tell the people who run the help desk at once.',
      }),
    );
  }

  @InTransaction(SignInsEnded)
  async tokenReused({ userId, reason }: SignInsEnded, tx: Transaction): Promise<void> {
    if (reason !== 'token-reused') return;
    const user = await this.users.get(userId, tx);
    await this.mailer.send(
      tx,
      user.email,
      renderMail({
        subject: 'A device was signed out',
        greeting: greetingOf(user),
        paragraphs: [
          'Something used an old sign-in of one of your devices a second time, as a copy of it would. To be safe, that device was signed out.',
        ],
        closing: 'If you did not restore an old state of a device, change your password.',
      }),
    );
  }

  private link(page: string, token: string): string {
    return `${this.settings.publicUrl}/${page}?token=${token}`;
  }
}

/** Anybody can register any address under any name: until it is known to be theirs, a mail repeats nothing they typed. */
const greetingOf = ({ name, confirmedAt }: User): string => (confirmedAt ? `Hello ${name},` : 'Hello,');
