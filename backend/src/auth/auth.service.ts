import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Actor } from '../access';
import { AuditLog } from '../audit';
import { peerNetwork, RateLimited, RateLimits, Unauthenticated } from '../common';
import { Settings } from '../config';
import { UnitOfWork } from '../database';
import { canonicalEmail, User, UsersService } from '../users';
import { AuthMails } from './auth-mails';
import { InvalidCredentials } from './auth.errors';
import type { AcceptInvitationDto, ChangePasswordDto, LoginDto, RegisterDto, ResetPasswordDto } from './dto/auth.dto';
import { OneTimeTokens } from './one-time-tokens';
import { OwnPassword } from './own-password';
import { Passwords } from './passwords';
import { SignInThrottle, type Guesses } from './sign-in-throttle';
import { SignInsService, type StartedSignIn } from './sign-ins.service';

export interface SignedIn extends StartedSignIn {
  user: User;
}

/** Registering, signing in and passwords. */
@Injectable()
export class AuthService {
  private readonly throttled = new RateLimiterMemory({ points: 1, duration: 60 });

  constructor(
    private readonly users: UsersService,
    private readonly settings: Settings,
    private readonly passwords: Passwords,
    private readonly ownPassword: OwnPassword,
    private readonly signIns: SignInsService,
    private readonly tokens: OneTimeTokens,
    private readonly mails: AuthMails,
    private readonly throttle: SignInThrottle,
    private readonly limits: RateLimits,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Everybody who registers is a customer. */
  async register({ email, password, name, language }: RegisterDto): Promise<User> {
    await this.limits.spend('registration', peerNetwork() ?? 'unknown');
    const passwordHash = await this.passwords.choose(password, email);
    const person = { email, name: name ?? email.split('@')[0].slice(0, 100), role: 'customer' as const, language };
    return this.unitOfWork.run(async (tx) => {
      const user = await this.users.create(tx, { ...person, passwordHash, confirmed: false });
      if (this.settings.confirmsEmail) await this.mails.confirmAddress(tx, user.id, user.email);
      return user;
    });
  }

  async login({ email, password }: LoginDto, client: string): Promise<SignedIn> {
    const user = await this.users.findByEmail(email);
    const guesses = this.throttle.ofVisitor(canonicalEmail(email), await this.signIns.isKnownHere(user?.id));
    await this.assertMayTry(guesses, user);
    const matches = await this.passwords.matches(user?.passwordHash, password);
    if (!user?.active || !matches) {
      await this.throttle.failed(guesses);
      await this.auditLogin('login.failed', user);
      throw new InvalidCredentials();
    }
    await this.throttle.succeeded(guesses);
    const started = await this.unitOfWork.run(async (tx) => {
      await this.audit.record(tx, {
        action: 'login.succeeded',
        actorId: user.id,
        object: { type: 'user', id: user.id },
      });
      return this.signIns.start(tx, user.id, client);
    });
    return { ...started, user };
  }

  async refresh(refreshToken: string | undefined): Promise<SignedIn> {
    if (!refreshToken) throw new Unauthenticated();
    const started = await this.signIns.rotate(refreshToken);
    return { ...started, user: await this.users.get(started.userId) };
  }

  async logout(refreshToken: string | undefined): Promise<void> {
    if (refreshToken) await this.signIns.endByToken(refreshToken);
  }

  async logoutAll(refreshToken: string | undefined): Promise<void> {
    if (refreshToken) await this.signIns.endAllByToken(refreshToken);
  }

  /** Mails a link to an active account; for any other address nothing happens, and nobody can tell. */
  async forgotPassword(email: string): Promise<void> {
    await this.limits.spend('forgottenPassword', canonicalEmail(email));
    const user = await this.users.findByEmail(email);
    const isMailed = user?.active === true && user.passwordHash !== null;
    // For an unknown address something is written, too: how long the answer takes must not tell.
    await this.unitOfWork.run(async (tx) => {
      const object = user ? ({ type: 'user', id: user.id } as const) : undefined;
      await this.audit.record(tx, { action: 'password.forgotten', actorId: null, object });
      if (isMailed) await this.mails.resetPassword(tx, user);
    });
  }

  async resetPassword({ token, password }: ResetPasswordDto): Promise<void> {
    const user = await this.users.get(await this.tokens.ownerOf(token, 'password-reset'));
    const passwordHash = await this.passwords.choose(password, user.email);
    await this.unitOfWork.run(async (tx) => {
      const { userId } = await this.tokens.use(tx, token, 'password-reset');
      await this.users.setPasswordByMail(tx, userId, passwordHash);
      await this.tokens.revoke(tx, userId, ['email']);
      await this.signIns.endAll(tx, userId, 'password-changed');
      await this.audit.record(tx, { action: 'password.reset', actorId: userId, object: { type: 'user', id: userId } });
    });
    for (const isKnownHere of [true, false])
      await this.throttle.succeeded(this.throttle.ofVisitor(user.emailKey, isKnownHere));
  }

  async acceptInvitation({ token, password, name, language }: AcceptInvitationDto): Promise<void> {
    const { email } = await this.users.get(await this.tokens.ownerOf(token, 'invitation'));
    const passwordHash = await this.passwords.choose(password, email);
    await this.unitOfWork.run(async (tx) => {
      const { userId } = await this.tokens.use(tx, token, 'invitation');
      await this.users.setPasswordByMail(tx, userId, passwordHash);
      if (name) await this.users.rename(tx, userId, name);
      if (language) await this.users.chooseLanguage(tx, userId, language);
    });
  }

  /** The caller's sign-in goes on, all others end. */
  async changePassword(actor: Actor, { currentPassword, newPassword }: ChangePasswordDto): Promise<void> {
    const user = await this.ownPassword.confirm(actor, currentPassword);
    const passwordHash = await this.passwords.choose(newPassword, user.email, 'newPassword');
    await this.unitOfWork.run(async (tx) => {
      await this.users.setPassword(tx, actor.id, passwordHash);
      await this.tokens.revoke(tx, actor.id, ['password-reset', 'email']);
      await this.signIns.endAll(tx, actor.id, 'password-changed', actor.signInId);
      await this.mails.passwordChanged(tx, user);
      await this.audit.record(tx, {
        action: 'password.changed',
        actorId: actor.id,
        object: { type: 'user', id: actor.id },
      });
    });
  }

  /** Once a minute and account: what is refused costs nothing, and must not fill the log. */
  private async assertMayTry(guesses: Guesses, user: User | null): Promise<void> {
    try {
      await this.throttle.assertMayTry(guesses);
    } catch (error) {
      if (error instanceof RateLimited && (await this.isNews(guesses.account)))
        await this.auditLogin('login.throttled', user);
      throw error;
    }
  }

  private async isNews(account: string): Promise<boolean> {
    return (await this.throttled.penalty(account)).consumedPoints === 1;
  }

  private async auditLogin(action: 'login.failed' | 'login.throttled', user: User | null): Promise<void> {
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, { action, actorId: null, ...(user && { object: { type: 'user', id: user.id } }) }),
    );
  }
}
