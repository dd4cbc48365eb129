import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { RateLimited, requestContext } from '../common';
import { Settings } from '../config';

const FREE_TRIES = 6;
/** An office behind one address mistypes more often than one person. */
const FREE_TRIES_PER_ADDRESS = 60;
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 900;
const REMEMBERED_SECONDS = 3_600;

/**
 * Slows down guessing: after some wrong passwords for an account, or from an address, further tries have to wait, longer
 * each time but never for good. Known and unknown accounts are treated alike. Counted on this node.
 */
@Injectable()
export class SignInThrottle {
  private readonly failures = new RateLimiterMemory({ points: 1_000_000, duration: REMEMBERED_SECONDS });
  private readonly pauses = new RateLimiterMemory({ points: 1, duration: LONGEST_PAUSE_SECONDS });
  private readonly scale: number;

  constructor(settings: Settings) {
    this.scale = settings.rateLimitScale;
  }

  /** Throws RateLimited while tries for this account or from this address have to wait. */
  async assertMayTry(account: string): Promise<void> {
    for (const { key } of this.keysOf(account)) {
      const pause = await this.pauses.get(key);
      if (pause && pause.msBeforeNext > 0) throw new RateLimited(Math.ceil(pause.msBeforeNext / 1_000));
    }
  }

  async failed(account: string): Promise<void> {
    for (const { key, free } of this.keysOf(account)) {
      const { consumedPoints } = await this.failures.penalty(key);
      const beyond = consumedPoints - free * this.scale;
      if (beyond < 0) continue;
      await this.pauses.block(key, Math.min(FIRST_PAUSE_SECONDS * 2 ** beyond, LONGEST_PAUSE_SECONDS));
    }
  }

  /** A right password, or a new one by mail, forgets the wrong ones of the account. */
  async succeeded(account: string): Promise<void> {
    await this.failures.delete(accountKey(account));
    await this.pauses.delete(accountKey(account));
  }

  private keysOf(account: string): { key: string; free: number }[] {
    const address = requestContext.getStore()?.address;
    return [
      { key: accountKey(account), free: FREE_TRIES },
      ...(address ? [{ key: `address ${address}`, free: FREE_TRIES_PER_ADDRESS }] : []),
    ];
  }
}

const accountKey = (account: string): string => `account ${account}`;
