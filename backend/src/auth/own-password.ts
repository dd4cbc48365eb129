import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { UsersService, type User } from '../users';
import { WrongPassword } from './auth.errors';
import { Passwords } from './passwords';
import { SignInThrottle } from './sign-in-throttle';

/** Asks a signed-in person for the password again before a step that a borrowed screen must not be enough for. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
  ) {}

  /** Throws WrongPassword, and RateLimited after several wrong ones. */
  async confirm(actor: Actor, password: string): Promise<User> {
    const guesses = this.throttle.ofSignedIn(actor.id);
    await this.throttle.assertMayTry(guesses);
    const user = await this.users.get(actor.id);
    if (!(await this.passwords.matches(user.passwordHash, password))) {
      await this.throttle.failed(guesses);
      throw new WrongPassword();
    }
    await this.throttle.succeeded(guesses);
    return user;
  }
}
