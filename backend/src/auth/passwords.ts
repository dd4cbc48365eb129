import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore, ValidationFailed } from '../common';

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Argon2id (the library's default) with 19 MiB, two passes, one lane: OWASP's password storage advice. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const WAITING = 200;

/** Hashes and checks passwords, a few at a time. Passwords are taken as they are: nothing is trimmed or folded. */
@Injectable()
export class Passwords {
  private readonly pool = new Semaphore(AT_ONCE, WAITING);
  private readonly decoy = hash('no account has this password', OPTIONS);

  async hash(password: string, path = 'password'): Promise<string> {
    assertLength(password, path);
    return this.pool.run(() => hash(password, OPTIONS));
  }

  /** Takes the same time whether or not there is a hash to compare with. */
  async matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    if (password.length > PASSWORD_MAX) return false;
    const compared = passwordHash ?? (await this.decoy);
    const same = await this.pool.run(() => verify(compared, password));
    return same && Boolean(passwordHash);
  }
}

function assertLength(password: string, path: string): void {
  if (password.length >= PASSWORD_MIN && password.length <= PASSWORD_MAX) return;
  throw ValidationFailed.of(path, `must have ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`);
}
