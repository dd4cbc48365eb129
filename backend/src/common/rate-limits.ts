import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from './domain-error';
import { peerNetwork } from './peer-address';

const MINUTE = 60;
const HOUR = 3_600;

/** How often, in how many seconds; multiplied by RATE_LIMIT_SCALE. */
const LIMITS = {
  registration: { points: 5, seconds: HOUR },
  forgottenPassword: { points: 3, seconds: HOUR },
  /** Mails to an address that is to be confirmed. */
  confirmations: { points: 5, seconds: HOUR },
  /** Further mails that invite the same person. */
  invitations: { points: 5, seconds: HOUR },
  exports: { points: 10, seconds: HOUR },
  tickets: { points: 30, seconds: HOUR },
  messages: { points: 60, seconds: MINUTE },
  /** Whatever a person's sockets send, messages among it: enough to follow many tickets anew at once. */
  events: { points: 300, seconds: 10 },
  drafts: { points: 120, seconds: MINUTE },
  uploads: { points: 60, seconds: HOUR },
  search: { points: 60, seconds: MINUTE },
} as const;

export type LimitName = keyof typeof LIMITS;

/** Something that was done, and for what it counts. */
export interface Spent {
  name: LimitName;
  per: 'account' | 'address';
  key: string;
  times: number;
}

/** People behind one address share it: an address may do so many times what one account may. */
const ADDRESS_FACTOR = 10;

/** Counts what people do, per account and per peer address. */
export class RateLimits {
  private readonly perAccount = new Map<LimitName, RateLimiterMemory>();
  private readonly perAddress = new Map<LimitName, RateLimiterMemory>();

  private tell: ((spent: Spent) => void) | undefined;

  constructor(scale: number) {
    for (const [name, { points, seconds }] of Object.entries(LIMITS) as [LimitName, (typeof LIMITS)[LimitName]][]) {
      const allowed = Math.max(1, Math.floor(points * scale));
      this.perAccount.set(name, new RateLimiterMemory({ points: allowed, duration: seconds }));
      this.perAddress.set(name, new RateLimiterMemory({ points: allowed * ADDRESS_FACTOR, duration: seconds }));
    }
  }

  /** Throws RateLimited with the seconds to wait. `account` is an id or, where nobody is signed in, an address. */
  async spend(name: LimitName, account: string): Promise<void> {
    await this.consume(name, 'account', account);
    const network = peerNetwork();
    if (network) await this.consume(name, 'address', network);
  }

  /** Is told of all that is spent here and counts for a minute or longer. */
  watch(tell: (spent: Spent) => void): void {
    this.tell = tell;
  }

  /** What was spent elsewhere counts here too. */
  async count({ name, per, key, times }: Spent): Promise<void> {
    await this.limiter(name, per)?.penalty(key, times);
  }

  private async consume(name: LimitName, per: Spent['per'], key: string): Promise<void> {
    await consume(this.limiter(name, per), key);
    if (LIMITS[name].seconds >= MINUTE) this.tell?.({ name, per, key, times: 1 });
  }

  private limiter(name: LimitName, per: Spent['per']): RateLimiterMemory | undefined {
    return (per === 'account' ? this.perAccount : this.perAddress).get(name);
  }
}

async function consume(limiter: RateLimiterMemory | undefined, key: string): Promise<void> {
  try {
    await limiter?.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new RateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1_000)));
    throw error;
  }
}
