import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { UserRefDto } from './dto/user-ref.dto';
import { OnlineStatus } from './online-status';
import { User } from './user.entity';

/** People by id, as others see them; a lookup that was loaded once and can be asked many times. */
export class People {
  constructor(private readonly refs: ReadonlyMap<string, UserRefDto>) {}

  get(id: string): UserRefDto {
    const ref = this.refs.get(id);
    if (!ref) throw new Error(`Person ${id} was not loaded.`);
    return ref;
  }

  orNull(id: string | null): UserRefDto | null {
    return id === null ? null : this.get(id);
  }
}

@Injectable()
export class PeopleLoader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly onlineStatus: OnlineStatus,
  ) {}

  /** People who are known already, as an actor is: no query, only a look at presence. */
  async known(...users: readonly Pick<User, 'id' | 'name' | 'role'>[]): Promise<People> {
    const online = await this.onlineStatus.onlineAmong(users.map(({ id }) => id));
    return new People(new Map(users.map(({ id, name, role }) => [id, { id, name, role, online: online.has(id) }])));
  }

  /** One query and one look at presence for all of them. Inside a unit of work pass its manager. */
  async load(ids: Iterable<string | null>, manager: EntityManager = this.dataSource.manager): Promise<People> {
    const wanted = [...new Set([...ids].filter((id) => id !== null))];
    if (!wanted.length) return new People(new Map());
    return this.known(
      ...(await manager.find(User, { select: { id: true, name: true, role: true }, where: { id: In(wanted) } })),
    );
  }
}
