import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Statements } from '../database';
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

  /** Undefined for whoever is not there any more: sample people are deleted for good. */
  find(id: string): UserRefDto | undefined {
    return this.refs.get(id);
  }

  orNull(id: string | null): UserRefDto | null {
    return id === null ? null : this.get(id);
  }
}

type Person = Pick<User, 'id' | 'name' | 'role'>;

@Injectable()
export class PeopleLoader {
  constructor(
    private readonly statements: Statements,
    private readonly onlineStatus: OnlineStatus,
  ) {}

  /** People who are known already, as an actor is: no query, only a look at presence. */
  async known(...users: readonly Person[]): Promise<People> {
    const online = await this.onlineStatus.onlineAmong(users.map(({ id }) => id));
    return new People(new Map(users.map(({ id, name, role }) => [id, { id, name, role, online: online.has(id) }])));
  }

  /** Few queries and one look at presence for all of them. Inside a unit of work pass its manager. */
  async load(ids: Iterable<string | null>, manager?: EntityManager): Promise<People> {
    const wanted = [...new Set([...ids].filter((id) => id !== null))];
    if (!wanted.length) return new People(new Map());
    if (manager)
      return this.known(
        ...(await manager.find(User, { select: { id: true, name: true, role: true }, where: { id: In(wanted) } })),
      );
    return this.known(...(await this.statements.rowsIn<Person>('SELECT id, name, role FROM users WHERE id', wanted)));
  }
}
