import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import { Clock, hashSecret, newId, newSecret } from '../common';
import { insertRow, type Transaction } from '../database';
import { InvalidToken } from './auth.errors';
import { OneTimeToken, type TokenPurpose } from './one-time-token.entity';

const LIFETIME_MS: Record<TokenPurpose, number> = {
  'password-reset': 30 * 60_000,
  invitation: 72 * 3_600_000,
};

/** Links in mails: 256 random bits, stored hashed, good for one use, the newest of its purpose only. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Replaces any earlier token of the same purpose and returns the one to put into the mail. */
  async issue(tx: Transaction, userId: string, purpose: TokenPurpose): Promise<string> {
    const now = this.clock.now();
    await tx.manager.update(OneTimeToken, { userId, purpose, usedAt: IsNull() }, { usedAt: now });
    const token = newSecret();
    await insertRow(tx.manager, OneTimeToken, {
      id: newId(),
      userId,
      purpose,
      tokenHash: hashSecret(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS[purpose]),
      usedAt: null,
    });
    return token;
  }

  /** Whose token it is, without using it up. */
  async ownerOf(token: string, purpose: TokenPurpose): Promise<string> {
    const found = await this.dataSource.manager.findOneBy(OneTimeToken, this.valid(token, purpose));
    if (!found) throw new InvalidToken();
    return found.userId;
  }

  /** Returns whose token it is; two uses at once have one winner. */
  async use(tx: Transaction, token: string, purpose: TokenPurpose): Promise<string> {
    const valid = this.valid(token, purpose);
    const found = await tx.manager.findOneBy(OneTimeToken, valid);
    const used = found && (await tx.manager.update(OneTimeToken, valid, { usedAt: this.clock.now() }));
    if (!found || !used?.affected) throw new InvalidToken();
    return found.userId;
  }

  private valid(token: string, purpose: TokenPurpose): FindOptionsWhere<OneTimeToken> {
    return { tokenHash: hashSecret(token), purpose, usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}
