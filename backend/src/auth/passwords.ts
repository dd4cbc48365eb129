import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore, ValidationFailed } from '../common';
import { canonicalEmail } from '../users';
import { isCommon, isNamed } from './password-guesses';

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Argon2id (the library's default) with 19 MiB, two passes, one lane: OWASP's password storage advice. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** One core stays free for everybody who is signed in already. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1));
/** Whoever came after so many would wait for seconds: they are told to try again at once. */
const WAITING = 100;
const PRODUCT_NAMES = ['parley', 'helpdesk', 'help desk'];

/** Hashes and checks passwords, a few at a time. Passwords are taken as they are: nothing is trimmed or folded. */
@Injectable()
export class Passwords {
  private readonly pool = new Semaphore(AT_ONCE, WAITING);
  private readonly decoy = hash('no account has this password', OPTIONS);

  async hash(password: string, path = 'password'): Promise<string> {
    assertLength(password, path);
    return this.pool.run(() => hash(password, OPTIONS));
  }

  /** The hash of a password that the owner of `email` chooses; one that would be guessed first is refused. */
  async choose(password: string, email: string, path = 'password'): Promise<string> {
    assertLength(password, path);
    if (isCommon(password)) throw ValidationFailed.of(path, 'is one of the first that are guessed; choose another one');
    if (isNamed(password, PRODUCT_NAMES))
      throw ValidationFailed.of(path, 'is the name of the product; choose another one');
    if (isNamed(password, namesIn(email))) throw ValidationFailed.of(path, 'is your own address; choose another one');
    return this.hash(password, path);
  }

  /** Takes the same time whether or not there is a hash to compare with. */
  async matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    if (password.length > PASSWORD_MAX) return false;
    const compared = passwordHash ?? (await this.decoy);
    const same = await this.pool.run(() => verify(compared, password));
    return same && Boolean(passwordHash);
  }
}

/** The address, the part before the @, and the name of its domain. */
function namesIn(email: string): string[] {
  const [local = '', domain = ''] = canonicalEmail(email).split('@');
  return [`${local}@${domain}`, local, domain, domain.split('.')[0] ?? ''];
}

function assertLength(password: string, path: string): void {
  if (password.length >= PASSWORD_MIN && password.length <= PASSWORD_MAX) return;
  throw ValidationFailed.of(path, `must have ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`);
}
