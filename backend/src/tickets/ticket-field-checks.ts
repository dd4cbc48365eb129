import { Injectable } from '@nestjs/common';
import { isStaff, isStaffRole, type Actor } from '../access';
import { CategoriesService } from '../categories';
import { ValidationFailed } from '../common';
import type { Transaction } from '../database';
import { User } from '../users';

/** What the form of a request alone cannot tell: whether categories and people named in it can be used. */
@Injectable()
export class TicketFieldChecks {
  constructor(private readonly categories: CategoriesService) {}

  /** Tags and requester are fields of staff; a customer who names them is refused. */
  assertStaffFields(actor: Actor, input: { tags?: unknown; requesterId?: unknown }): void {
    if (isStaff(actor)) return;
    const used = (['tags', 'requesterId'] as const).find((field) => input[field] !== undefined);
    if (used) throw ValidationFailed.of(used, 'can be set by staff only');
  }

  async assertCategory(tx: Transaction, categoryId: string | null | undefined): Promise<void> {
    if (categoryId) await this.categories.getOffered(categoryId, tx.manager);
  }

  async activePerson(tx: Transaction, id: string, path: string): Promise<User> {
    const person = await tx.manager.findOneBy(User, { id, active: true });
    if (!person) throw ValidationFailed.of(path, 'must be an active person');
    return person;
  }

  /** Somebody a ticket can be given to: active staff who can sign in. */
  async assignable(tx: Transaction, id: string): Promise<User> {
    const person = await tx.manager.findOneBy(User, { id, active: true });
    if (!person || !isStaffRole(person.role) || person.passwordHash === null)
      throw ValidationFailed.of('agentId', 'must be an active agent or admin');
    return person;
  }
}
