import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { peerNetwork, RateLimited } from '../common';
import { Settings } from '../config';
import { Nodes } from '../nodes';

const FREE_TRIES = 6;
/** An office behind one address mistypes more often than one person. */
const FREE_TRIES_PER_ADDRESS = 60;
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 900;
const REMEMBERED_SECONDS = 3_600;

const TOPIC = 'sign-in-tries';

/** What tries for one account count for. */
export interface Guesses {
  /** Of the account; forgotten after a right password. */
  account: string;
  keys: readonly { key: string; free: number }[];
}

interface Told {
  failed?: Guesses['keys'];
  succeeded?: string;
}

/**
 * Slows down guessing: after some wrong passwords for an account, or from an address, further tries have to wait, longer
 * each time but never for good. Known and unknown accounts are treated alike. Tries from where the person has signed in
 * before are counted apart from all others, so that strangers cannot lock somebody out. Nodes tell each other; while
 * Redis is away each counts for itself.
 */
@Injectable()
export class SignInThrottle {
  private readonly failures = new RateLimiterMemory({ points: 1_000_000, duration: REMEMBERED_SECONDS });
  private readonly pauses = new RateLimiterMemory({ points: 1, duration: LONGEST_PAUSE_SECONDS });
  private readonly scale: number;

  constructor(
    settings: Settings,
    private readonly nodes: Nodes,
  ) {
    this.scale = settings.rateLimitScale;
    nodes.listen<Told>(TOPIC, ({ failed, succeeded }) => {
      if (failed) void this.count(failed);
      if (succeeded) void this.forgive(succeeded);
    });
  }

  /** Tries to sign in, from where the person is known or from elsewhere. */
  ofVisitor(account: string, isKnownHere: boolean): Guesses {
    const address = peerNetwork();
    const own = isKnownHere && address ? `account ${account} at ${address}` : `account ${account}`;
    const shared = address ? [{ key: `address ${address}`, free: FREE_TRIES_PER_ADDRESS }] : [];
    return { account: own, keys: [{ key: own, free: FREE_TRIES }, ...shared] };
  }

  /** Tries of somebody who is signed in already; strangers never come here. */
  ofSignedIn(userId: string): Guesses {
    const own = `signed in ${userId}`;
    return { account: own, keys: [{ key: own, free: FREE_TRIES }] };
  }

  /** Throws RateLimited while such tries have to wait. */
  async assertMayTry({ keys }: Guesses): Promise<void> {
    for (const { key } of keys) {
      const pause = await this.pauses.get(key);
      if (pause && pause.msBeforeNext > 0) throw new RateLimited(Math.ceil(pause.msBeforeNext / 1_000));
    }
  }

  async failed({ keys }: Guesses): Promise<void> {
    this.nodes.tell(TOPIC, { failed: keys });
    await this.count(keys);
  }

  /** A right password forgets the wrong ones of the account. */
  async succeeded({ account }: Guesses): Promise<void> {
    this.nodes.tell(TOPIC, { succeeded: account });
    await this.forgive(account);
  }

  private async count(keys: Guesses['keys']): Promise<void> {
    for (const { key, free } of keys) {
      const { consumedPoints } = await this.failures.penalty(key);
      const beyond = consumedPoints - free * this.scale;
      if (beyond < 0) continue;
      await this.pauses.block(key, Math.min(FIRST_PAUSE_SECONDS * 2 ** beyond, LONGEST_PAUSE_SECONDS));
    }
  }

  private async forgive(account: string): Promise<void> {
    await this.failures.delete(account);
    await this.pauses.delete(account);
  }
}
