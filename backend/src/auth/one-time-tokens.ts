import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import { Clock, hashSecret, newId, newSecret, RateLimited } from '../common';
import { insertRow, type Transaction } from '../database';
import { InvalidToken } from './auth.errors';
import { OneTimeToken, type TokenPurpose } from './one-time-token.entity';

const LIFETIME_MS: Record<TokenPurpose, number> = {
  'password-reset': 30 * 60_000,
  invitation: 72 * 3_600_000,
  email: 24 * 3_600_000,
};

export interface UsedToken {
  userId: string;
  email: string | null;
}

/** Links in mails: 256 random bits, stored hashed, good for one use, the newest of its purpose only. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Replaces any earlier token of the same purpose and returns the one to put into the mail. */
  async issue(tx: Transaction, userId: string, purpose: TokenPurpose, email: string | null = null): Promise<string> {
    await this.revoke(tx, userId, [purpose]);
    const now = this.clock.now();
    const token = newSecret();
    await insertRow(tx.manager, OneTimeToken, {
      id: newId(),
      userId,
      purpose,
      tokenHash: hashSecret(token),
      email,
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS[purpose]),
      usedAt: null,
    });
    return token;
  }

  /**
   * Throws RateLimited when the newest token of this purpose is younger than that, with the seconds that are left. Inside
   * a unit of work pass its `tx`.
   */
  async assertPause(userId: string, purpose: TokenPurpose, seconds: number, tx?: Transaction): Promise<void> {
    const now = this.clock.now().getTime();
    const newest = await (tx ?? this.dataSource).manager.findOne(OneTimeToken, {
      where: { userId, purpose, createdAt: MoreThan(new Date(now - seconds * 1_000)) },
      order: { createdAt: 'DESC' },
    });
    if (newest) throw new RateLimited(Math.ceil((newest.createdAt.getTime() + seconds * 1_000 - now) / 1_000));
  }

  /** Makes all links of these purposes worthless. */
  async revoke(tx: Transaction, userId: string, purposes: readonly TokenPurpose[]): Promise<void> {
    await tx.manager.update(
      OneTimeToken,
      { userId, purpose: In(purposes), usedAt: IsNull() },
      { usedAt: this.clock.now() },
    );
  }

  async forget(tx: Transaction, userId: string): Promise<void> {
    await tx.manager.delete(OneTimeToken, { userId });
  }

  /** Whose token it is, without using it up. */
  async ownerOf(token: string, purpose: TokenPurpose): Promise<string> {
    const found = await this.dataSource.manager.findOneBy(OneTimeToken, this.valid(token, purpose));
    if (!found) throw new InvalidToken();
    return found.userId;
  }

  /** Returns whose token it is, and the address it confirms; two uses at once have one winner. */
  async use(tx: Transaction, token: string, purpose: TokenPurpose): Promise<UsedToken> {
    const valid = this.valid(token, purpose);
    const found = await tx.manager.findOneBy(OneTimeToken, valid);
    const used = found && (await tx.manager.update(OneTimeToken, valid, { usedAt: this.clock.now() }));
    if (!found || !used?.affected) throw new InvalidToken();
    return { userId: found.userId, email: found.email };
  }

  private valid(token: string, purpose: TokenPurpose): FindOptionsWhere<OneTimeToken> {
    return { tokenHash: hashSecret(token), purpose, usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}
