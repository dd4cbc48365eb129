import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { timeOf, type SqlTime } from '../database';
import { AccountTimes, type TimesOfAccount } from '../users';
import { OneTimeToken } from './one-time-token.entity';
import { SignIn } from './sign-in.entity';

interface TimeOfUser {
  userId: string;
  at: SqlTime;
}

/** The times that sign-ins and links of invitations tell; ended sign-ins count, too. */
@Injectable()
export class StoredAccountTimes extends AccountTimes {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async of(userIds: readonly string[]): Promise<ReadonlyMap<string, TimesOfAccount>> {
    if (!userIds.length) return new Map();
    const [seen, invited] = await Promise.all([this.seen(userIds), this.invited(userIds)]);
    return new Map(userIds.map((id) => [id, { lastSeenAt: seen.get(id) ?? null, invitedAt: invited.get(id) ?? null }]));
  }

  private async seen(userIds: readonly string[]): Promise<Map<string, Date>> {
    const found = await this.dataSource
      .createQueryBuilder(SignIn, 'signIn')
      .select(['signIn.userId AS userId', 'MAX(signIn.lastSeenAt) AS at'])
      .where('signIn.userId IN (:...userIds)', { userIds })
      .groupBy('signIn.userId')
      .getRawMany<TimeOfUser>();
    return byUser(found);
  }

  private async invited(userIds: readonly string[]): Promise<Map<string, Date>> {
    const found = await this.dataSource
      .createQueryBuilder(OneTimeToken, 'token')
      .select(['token.userId AS userId', 'MAX(token.createdAt) AS at'])
      .where(`token.userId IN (:...userIds) AND token.purpose = 'invitation' AND token.usedAt IS NULL`, { userIds })
      .groupBy('token.userId')
      .getRawMany<TimeOfUser>();
    return byUser(found);
  }
}

const byUser = (found: readonly TimeOfUser[]): Map<string, Date> =>
  new Map(found.map(({ userId, at }) => [userId, timeOf(at)]));
