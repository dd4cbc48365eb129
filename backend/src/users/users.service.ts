import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isStaffRole, type Actor, type Role } from '../access';
import { AuditLog } from '../audit';
import { Clock, newId, NotFound, ValidationFailed } from '../common';
import { insertRow, isUniqueViolation, UnitOfWork, type Transaction } from '../database';
import { Idempotency } from '../idempotency';
import type { InviteUserDto, UpdateUserDto, UserDto } from './dto/user.dto';
import { canonicalEmail } from './email';
import {
  PreferencesChanged,
  StaffLeft,
  UserAnonymised,
  UserDisabled,
  UserInvited,
  UserRenamed,
  UserRoleChanged,
} from './events/user-events';
import { IS_WORKING_ADMIN, PeopleDirectory } from './people-directory';
import {
  completePreferences,
  defaultPreferences,
  mergePreferences,
  type Preferences,
  type PreferencesPatch,
} from './preferences';
import { StaffDefaultsService } from './staff-defaults/staff-defaults.service';
import { User } from './user.entity';
import { EmailTaken, LastAdmin, NoOpenInvitation } from './user.errors';

export interface NewUser {
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  /** Whether the address is known to be the person's own. */
  confirmed: boolean;
  /** What they registered in. */
  language?: Preferences['language'];
}

/** People and their roles. */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly directory: PeopleDirectory,
    private readonly idempotency: Idempotency,
    private readonly staffDefaults: StaffDefaultsService,
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
    return this.directory.show(await this.get(id));
  }

  /** Throws EmailTaken when another spelling of the same address has an account. */
  async create(tx: Transaction, { email, name, role, passwordHash, confirmed, language }: NewUser): Promise<User> {
    const now = this.clock.now();
    const id = newId();
    const user: User = {
      id,
      email: email.trim(),
      emailKey: canonicalEmail(email),
      name,
      role,
      active: true,
      passwordHash,
      preferences: mergePreferences(
        isStaffRole(role) ? await this.beginAsStaff(tx, id) : defaultPreferences(),
        language ? { language } : {},
      ),
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
    return this.directory.show(user);
  }

  async update(actor: Actor, id: string, change: UpdateUserDto): Promise<UserDto> {
    const user = await this.unitOfWork.run(async (tx) => {
      await this.lockAdmins(tx);
      const found = await this.findHere(tx, id);
      const wasActiveAdmin = found.role === 'admin' && found.active;
      const couldHold = canHoldTickets(found);
      await this.changeRole(tx, actor, found, change.role ?? found.role);
      await this.changeActive(tx, actor, found, change.active ?? found.active);
      await this.changeName(tx, actor, found, change.name ?? found.name);
      await tx.manager.update(User, { id }, { name: found.name, role: found.role, active: found.active });
      if (wasActiveAdmin) await this.assertAdminLeft(tx);
      const leaves = couldHold && !canHoldTickets(found);
      if (leaves) await this.handOver(tx, actor, id, change.reassignTo ?? null);
      else if (change.reassignTo) throw ValidationFailed.of('reassignTo', 'goes with switching off staff only');
      return found;
    });
    return this.directory.show(user);
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
      if (change.preferences) tx.record(new PreferencesChanged(id, completePreferences(user.preferences)));
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

  async chooseLanguage(tx: Transaction, id: string, language: Preferences['language']): Promise<void> {
    const user = await this.findHere(tx, id);
    const preferences = mergePreferences(user.preferences, { language });
    await tx.manager.update(User, { id }, { preferences });
    tx.record(new PreferencesChanged(id, completePreferences(preferences)));
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

  /**
   * Takes away who the person was and lets go of the address; tickets, messages and what they did stay. Tickets that
   * they hold go to `successorId`, or into the queue.
   */
  async anonymise(tx: Transaction, actor: Actor, id: string, successorId: string | null): Promise<void> {
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
    await this.idempotency.forget(tx, id);
    if (isStaffRole(user.role)) await this.handOver(tx, actor, id, successorId);
    else if (successorId) throw ValidationFailed.of('reassignTo', 'goes with deleting staff only');
    tx.record(new UserAnonymised(id, user.email));
    tx.record(new UserRenamed(id));
  }

  /**
   * Keeps everybody else from changing the person until the unit ends, and returns them as they are then. Throws
   * NoOpenInvitation when they have accepted, or are switched off, so that no invitation of theirs is open.
   */
  async lockInvited(tx: Transaction, id: string): Promise<User> {
    await tx.manager.query('UPDATE users SET active = active WHERE id = ?', [id]);
    const user = await this.findHere(tx, id);
    if (user.passwordHash !== null || !user.active) throw new NoOpenInvitation();
    return user;
  }

  async remove(actor: Actor, id: string, successorId: string | null = null): Promise<void> {
    await this.unitOfWork.run((tx) => this.anonymise(tx, actor, id, successorId));
  }

  /** Somebody who can be given tickets: active staff who can sign in. */
  async canWork(id: string, tx?: Transaction): Promise<boolean> {
    const person = await (tx ?? this.dataSource).manager.findOneBy(User, { id });
    return person !== null && canHoldTickets(person) && person.passwordHash !== null;
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

  private async handOver(tx: Transaction, actor: Actor, id: string, successorId: string | null): Promise<void> {
    // Those who leave are in the database as they will be: they are nobody's successor, not even their own.
    if (successorId && !(await this.canWork(successorId, tx)))
      throw ValidationFailed.of('reassignTo', 'must be an active agent or admin');
    tx.record(new StaffLeft(id, successorId, actor));
  }

  private async beginAsStaff(tx: Transaction, id: string): Promise<Preferences> {
    const preferences = await this.staffDefaults.preferences(tx);
    tx.record(new PreferencesChanged(id, preferences));
    return preferences;
  }

  /** Whoever is gone for good cannot be changed any more. */
  private async findHere(tx: Transaction, id: string): Promise<User> {
    const found = await tx.manager.findOneBy(User, { id });
    if (!found || found.anonymisedAt) throw new NotFound('This person');
    return found;
  }

  /** The log does not say how, because it would not forget. */
  private async changeName(tx: Transaction, actor: Actor, user: User, to: string): Promise<void> {
    if (user.name === to) return;
    user.name = to;
    await this.audit.record(tx, {
      action: 'user.renamed',
      actorId: actor.id,
      object: { type: 'user', id: user.id },
    });
    tx.record(new UserRenamed(user.id));
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
      .where(IS_WORKING_ADMIN, { active: true })
      .getExists();
    if (!left) throw new LastAdmin();
  }
}

const canHoldTickets = ({ active, role }: Pick<User, 'active' | 'role'>): boolean => active && isStaffRole(role);
