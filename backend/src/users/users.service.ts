import { Injectable } from '@nestjs/common';
import { Brackets, DataSource } from 'typeorm';
import type { Actor, Role } from '../access';
import { AuditLog } from '../audit';
import { Clock, decodeCursor, encodeCursor, newId, NotFound, pageOf, type Page } from '../common';
import { insertRow, isUniqueViolation, UnitOfWork, type Transaction } from '../database';
import { UserDto, type InviteUserDto, type UpdateUserDto, type UserListQuery } from './dto/user.dto';
import { canonicalEmail } from './email';
import { UserAnonymised, UserDisabled, UserInvited, UserRenamed, UserRoleChanged } from './events/user-events';
import { OnlineStatus } from './online-status';
import { defaultPreferences, mergePreferences, type PreferencesPatch } from './preferences';
import { User } from './user.entity';
import { EmailTaken, LastAdmin } from './user.errors';

export interface NewUser {
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  /** Whether the address is known to be the person's own. */
  confirmed: boolean;
}

/** People and their roles. */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly onlineStatus: OnlineStatus,
  ) {}

  findByEmail(email: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { emailKey: canonicalEmail(email) });
  }

  /** Inside a unit of work pass its `tx`. */
  async get(id: string, tx?: Transaction): Promise<User> {
    const user = await (tx ?? this.dataSource).manager.findOneBy(User, { id });
    if (!user) throw new NotFound('This person');
    return user;
  }

  /** A person as admins see them. */
  async shown(id: string): Promise<UserDto> {
    const user = await this.get(id);
    return UserDto.from(user, (await this.onlineStatus.onlineAmong([id])).has(id));
  }

  /** Throws EmailTaken when another spelling of the same address has an account. */
  async create(tx: Transaction, { email, name, role, passwordHash, confirmed }: NewUser): Promise<User> {
    const now = this.clock.now();
    const user: User = {
      id: newId(),
      email: email.trim(),
      emailKey: canonicalEmail(email),
      name,
      role,
      active: true,
      passwordHash,
      preferences: defaultPreferences(),
      confirmedAt: confirmed ? now : null,
      anonymisedAt: null,
      createdAt: now,
    };
    try {
      await insertRow(tx.manager, User, user);
    } catch (error) {
      if (isUniqueViolation(error)) throw new EmailTaken();
      throw error;
    }
    await this.audit.record(tx, {
      action: 'user.created',
      actorId: null,
      object: { type: 'user', id: user.id },
      data: { role },
    });
    return user;
  }

  /** Creates a person without a password; the invitation that lets them choose one is sent in the same transaction. */
  async invite(actor: Actor, { email, name, role }: InviteUserDto): Promise<UserDto> {
    const user = await this.unitOfWork.run(async (tx) => {
      const created = await this.create(tx, { email, name, role, passwordHash: null, confirmed: false });
      await this.audit.record(tx, {
        action: 'user.invited',
        actorId: actor.id,
        object: { type: 'user', id: created.id },
        data: { role },
      });
      tx.made(created.id);
      tx.record(new UserInvited({ id: created.id, email: created.email, name: created.name }, actor));
      return created;
    });
    return UserDto.from(user, false);
  }

  async update(actor: Actor, id: string, change: UpdateUserDto): Promise<UserDto> {
    const user = await this.unitOfWork.run(async (tx) => {
      await this.lockAdmins(tx);
      const found = await this.findHere(tx, id);
      const wasActiveAdmin = found.role === 'admin' && found.active;
      await this.changeRole(tx, actor, found, change.role ?? found.role);
      await this.changeActive(tx, actor, found, change.active ?? found.active);
      if (change.name && change.name !== found.name) tx.record(new UserRenamed(id));
      found.name = change.name ?? found.name;
      await tx.manager.update(User, { id }, { name: found.name, role: found.role, active: found.active });
      if (wasActiveAdmin) await this.assertAdminLeft(tx);
      return found;
    });
    const online = await this.onlineStatus.onlineAmong([id]);
    return UserDto.from(user, online.has(id));
  }

  async updateSelf(id: string, change: { name?: string; preferences?: PreferencesPatch }): Promise<User> {
    return this.unitOfWork.run(async (tx) => {
      // Two pages that set different preferences at once must not undo each other.
      await tx.manager.query('UPDATE users SET active = active WHERE id = ?', [id]);
      const user = await tx.manager.findOneByOrFail(User, { id });
      if (change.name && change.name !== user.name) tx.record(new UserRenamed(id));
      user.name = change.name ?? user.name;
      user.preferences = mergePreferences(user.preferences, change.preferences ?? {});
      await tx.manager.update(User, { id }, { name: user.name, preferences: user.preferences });
      return user;
    });
  }

  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.manager.update(User, { id }, { passwordHash });
  }

  /** Whoever followed a link in a mail has shown that the address is theirs. */
  async setPasswordByMail(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.manager.update(User, { id }, { passwordHash, confirmedAt: this.clock.now() });
  }

  async rename(tx: Transaction, id: string, name: string): Promise<void> {
    await tx.manager.update(User, { id }, { name });
    tx.record(new UserRenamed(id));
  }

  /** Whoever followed the link has shown that the address is theirs. Throws EmailTaken when somebody else has it. */
  async confirmEmail(tx: Transaction, user: User, email: string): Promise<void> {
    try {
      await tx.manager.update(
        User,
        { id: user.id },
        { email, emailKey: canonicalEmail(email), confirmedAt: this.clock.now() },
      );
    } catch (error) {
      if (isUniqueViolation(error)) throw new EmailTaken();
      throw error;
    }
    const object = { type: 'user', id: user.id } as const;
    const action = user.emailKey === canonicalEmail(email) ? 'email.confirmed' : 'email.changed';
    await this.audit.record(tx, { action, actorId: user.id, object });
    if (action === 'email.changed') tx.record(new UserRenamed(user.id));
  }

  /** Takes away who the person was and lets go of the address; tickets, messages and what they did stay. */
  async anonymise(tx: Transaction, actor: Actor, id: string): Promise<void> {
    await this.lockAdmins(tx);
    const user = await this.findHere(tx, id);
    await tx.manager.update(
      User,
      { id },
      {
        name: user.role === 'customer' ? 'Former customer' : 'Former colleague',
        email: '',
        // No address looks like an id, so the old one is free again.
        emailKey: id,
        active: false,
        passwordHash: null,
        preferences: defaultPreferences(),
        confirmedAt: null,
        anonymisedAt: this.clock.now(),
      },
    );
    if (user.role === 'admin') await this.assertAdminLeft(tx);
    await this.audit.record(tx, {
      action: 'user.deleted',
      actorId: actor.id,
      object: { type: 'user', id },
      data: { role: user.role },
    });
    tx.record(new UserAnonymised(id, user.email));
    tx.record(new UserRenamed(id));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.anonymise(tx, actor, id));
  }

  async list({ role, q, active, limit, cursor }: UserListQuery): Promise<Page<UserDto>> {
    const listName = JSON.stringify(['users', role, q, active]);
    const query = this.dataSource
      .createQueryBuilder(User, 'user')
      .orderBy('user.name')
      .addOrderBy('user.id')
      .limit(limit + 1);
    query.where('user.anonymisedAt IS NULL');
    if (role) query.andWhere('user.role IN (:...role)', { role });
    if (active !== undefined) query.andWhere('user.active = :active', { active });
    if (q) {
      const like = `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
      query.andWhere(`(LOWER(user.name) LIKE :like ESCAPE '!' OR user.emailKey LIKE :like ESCAPE '!')`, { like });
    }
    if (cursor) {
      const [name, id] = decodeCursor(cursor, listName);
      query.andWhere(
        new Brackets((after) => after.where('user.name > :name').orWhere('user.name = :name AND user.id > :id')),
        { name, id },
      );
    }
    const page = pageOf(await query.getMany(), limit, (last) => encodeCursor([last.name, last.id], listName));
    const online = await this.onlineStatus.onlineAmong(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((user) => UserDto.from(user, online.has(user.id))) };
  }

  /** Active agents and admins, by name: those a ticket can be given to. */
  staff(): Promise<User[]> {
    return this.dataSource
      .createQueryBuilder(User, 'user')
      .where(`user.role IN ('agent', 'admin') AND user.active = :active AND user.passwordHash IS NOT NULL`, {
        active: true,
      })
      .orderBy('user.name')
      .addOrderBy('user.id')
      .getMany();
  }

  async hasAdmin(): Promise<boolean> {
    return this.dataSource.manager.existsBy(User, { role: 'admin', active: true });
  }

  async isEmpty(): Promise<boolean> {
    return !(await this.dataSource.manager.exists(User));
  }

  /** Whoever is gone for good cannot be changed any more. */
  private async findHere(tx: Transaction, id: string): Promise<User> {
    const found = await tx.manager.findOneBy(User, { id });
    if (!found || found.anonymisedAt) throw new NotFound('This person');
    return found;
  }

  private async changeRole(tx: Transaction, actor: Actor, user: User, to: Role): Promise<void> {
    if (user.role === to) return;
    const from = user.role;
    user.role = to;
    await this.audit.record(tx, {
      action: 'user.role-changed',
      actorId: actor.id,
      object: { type: 'user', id: user.id },
      data: { from, to },
    });
    tx.record(new UserRoleChanged(user.id, from, to));
  }

  private async changeActive(tx: Transaction, actor: Actor, user: User, active: boolean): Promise<void> {
    if (user.active === active) return;
    user.active = active;
    await this.audit.record(tx, {
      action: active ? 'user.enabled' : 'user.disabled',
      actorId: actor.id,
      object: { type: 'user', id: user.id },
    });
    if (!active) tx.record(new UserDisabled(user.id));
  }

  /** Two admins who demote each other at the same moment must not both succeed. */
  private async lockAdmins(tx: Transaction): Promise<void> {
    await tx.manager.query(`UPDATE users SET active = active WHERE role = 'admin'`);
  }

  private async assertAdminLeft(tx: Transaction): Promise<void> {
    const left = await tx.manager
      .createQueryBuilder(User, 'user')
      .where(`user.role = 'admin' AND user.active = :active AND user.passwordHash IS NOT NULL`, { active: true })
      .getExists();
    if (!left) throw new LastAdmin();
  }
}
