import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, type SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor, pageOf, type Page } from '../common';
import { AccountTimes } from './account-times';
import { UserDto, type UserFilterQuery, type UserListQuery } from './dto/user.dto';
import { OnlineStatus } from './online-status';
import { User } from './user.entity';

/** Of a person called `user`, with the parameter `active: true`: an admin who can sign in. */
export const IS_WORKING_ADMIN = `user.role = 'admin' AND user.active = :active AND user.passwordHash IS NOT NULL`;

/** People as staff see and find them. */
@Injectable()
export class PeopleDirectory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly onlineStatus: OnlineStatus,
    private readonly times: AccountTimes,
  ) {}

  async show(user: User): Promise<UserDto> {
    const [shown] = await this.showAll([user]);
    return shown;
  }

  /** Whoever is gone for good is nowhere in it. */
  async list({ limit, cursor, ...filter }: UserListQuery): Promise<Page<UserDto>> {
    const listName = JSON.stringify(['users', filter.role, filter.q, filter.active, filter.invited]);
    const query = this.matching(filter)
      .orderBy('user.name')
      .addOrderBy('user.id')
      .limit(limit + 1);
    if (cursor) {
      const [name, id] = decodeCursor(cursor, listName);
      query.andWhere(
        new Brackets((after) => after.where('user.name > :name').orWhere('user.name = :name AND user.id > :id')),
        { name, id },
      );
    }
    const page = pageOf(await query.getMany(), limit, (last) => encodeCursor([last.name, last.id], listName));
    return { ...page, items: await this.showAll(page.items) };
  }

  private matching({ role, q, active, invited }: UserFilterQuery): SelectQueryBuilder<User> {
    const query = this.dataSource.createQueryBuilder(User, 'user').where('user.anonymisedAt IS NULL');
    if (role) query.andWhere('user.role IN (:...role)', { role });
    if (active !== undefined) query.andWhere('user.active = :active', { active });
    if (invited !== undefined) query.andWhere(`user.passwordHash IS ${invited ? '' : 'NOT '}NULL`);
    if (!q) return query;
    const like = `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    return query.andWhere(
      `(LOWER(user.name) LIKE :like ESCAPE '!' OR user.emailKey LIKE :like ESCAPE '!' OR user.id = :q)`,
      { like, q },
    );
  }

  private async showAll(users: readonly User[]): Promise<UserDto[]> {
    const ids = users.map(({ id }) => id);
    const [online, times, lastAdminId] = await Promise.all([
      this.onlineStatus.onlineAmong(ids),
      this.times.of(ids),
      users.some(({ role }) => role === 'admin') ? this.lastAdminId() : undefined,
    ]);
    return users.map((user) =>
      UserDto.from(user, {
        online: online.has(user.id),
        isLastAdmin: user.id === lastAdminId,
        times: times.get(user.id),
      }),
    );
  }

  /** Undefined while there are several. */
  private async lastAdminId(): Promise<string | undefined> {
    const admins = await this.dataSource
      .createQueryBuilder(User, 'user')
      .select('user.id')
      .where(IS_WORKING_ADMIN, { active: true })
      .limit(2)
      .getMany();
    return admins.length === 1 ? admins[0].id : undefined;
  }
}
