import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import type { Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, Forbidden, newId, NotFound, ValidationFailed } from '../common';
import { insertRow, isRowInUse, isUniqueViolation, UnitOfWork, type Transaction } from '../database';
import { Category, nameKeyOf } from './category.entity';
import { CategoryInUse, CategoryNameTaken, CategoryOrderOutdated } from './category.errors';
import { CategoryDto, type CategoryRef, type CreateCategoryDto, type UpdateCategoryDto } from './dto/category.dto';

/** The categories of tickets. */
@Injectable()
export class CategoriesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** Those that are offered, in their order; admins can see the archived ones too. */
  async list(actor: Actor, withArchived: boolean): Promise<CategoryDto[]> {
    if (withArchived && actor.role !== 'admin') throw new Forbidden('Only admins see archived categories.');
    const categories = await this.dataSource.manager.find(Category, {
      where: withArchived ? {} : { archivedAt: IsNull() },
      order: { position: 'ASC', id: 'ASC' },
    });
    return categories.map((category) => CategoryDto.from(category));
  }

  /** Archived ones too. */
  async get(id: string): Promise<CategoryDto> {
    return CategoryDto.from(await findOrFail(this.dataSource, id));
  }

  /** Throws unless a ticket can get this category now. */
  async getOffered(id: string, manager: EntityManager = this.dataSource.manager): Promise<CategoryRef> {
    const category = await manager.findOneBy(Category, { id, archivedAt: IsNull() });
    if (!category) throw ValidationFailed.of('categoryId', 'is not a category that is offered');
    return { id, name: category.name };
  }

  /** How tickets show them, archived ones too; one query for all. */
  async refs(
    ids: Iterable<string>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, CategoryRef>> {
    const wanted = [...new Set(ids)];
    if (!wanted.length) return new Map();
    const found = await manager.find(Category, { select: { id: true, name: true }, where: { id: In(wanted) } });
    return new Map(found.map(({ id, name }) => [id, { id, name }]));
  }

  /** Adds one at the end. */
  async create(actor: Actor, { name, hint }: CreateCategoryDto): Promise<CategoryDto> {
    const category = await this.unitOfWork.run(async (tx) => {
      const last = await tx.manager.maximum(Category, 'position');
      const created: Category = {
        id: newId(),
        name,
        nameKey: nameKeyOf(name),
        hint: hint ?? '',
        position: (last ?? -1) + 1,
        archivedAt: null,
      };
      await refuseTakenName(insertRow(tx.manager, Category, created));
      tx.made(created.id);
      await this.recordChange(tx, actor, created.id, { change: 'created', name });
      return created;
    });
    return CategoryDto.from(category);
  }

  async update(actor: Actor, id: string, change: UpdateCategoryDto): Promise<CategoryDto> {
    const category = await this.unitOfWork.run(async (tx) => {
      // Two admins who change different fields at once must not undo each other.
      await tx.manager.query('UPDATE categories SET position = position WHERE id = ?', [id]);
      const before = await findOrFail(tx, id);
      const columns = this.columnsOf(before, change);
      const after = { ...before, ...columns };
      if (Object.keys(columns).length) await refuseTakenName(tx.manager.update(Category, { id }, columns));
      await this.recordChange(tx, actor, id, {
        change: 'updated',
        name: after.name,
        archived: after.archivedAt !== null,
      });
      return after;
    });
    return CategoryDto.from(category);
  }

  /** Puts all of them in this order; nothing is written when they are in it already. */
  async order(actor: Actor, ids: readonly string[]): Promise<CategoryDto[]> {
    await this.unitOfWork.run(async (tx) => {
      // Two admins who order at once take turns: a mixture of two orders is nobody's wish.
      await tx.manager.query('UPDATE categories SET position = position');
      const known = await tx.manager.find(Category, { order: { position: 'ASC', id: 'ASC' } });
      const wanted = new Set(ids);
      if (wanted.size !== known.length || known.some(({ id }) => !wanted.has(id))) throw new CategoryOrderOutdated();
      if (known.every(({ id }, index) => id === ids[index])) return;
      for (const [position, id] of ids.entries()) await tx.manager.update(Category, { id }, { position });
      const names = new Map(known.map(({ id, name }) => [id, name]));
      await this.audit.record(tx, {
        action: 'category.changed',
        actorId: actor.id,
        data: { change: 'ordered', order: ids.map((id) => names.get(id)) },
      });
    });
    return this.list(actor, true);
  }

  /** Only one that no ticket uses, deleted tickets included; others can be archived. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { name } = await findOrFail(tx, id);
      try {
        await tx.manager.delete(Category, { id });
      } catch (error) {
        throw isRowInUse(error) ? new CategoryInUse() : error;
      }
      await this.recordChange(tx, actor, id, { change: 'removed', name });
    });
  }

  private columnsOf(before: Category, { name, hint, archived }: UpdateCategoryDto): Partial<Category> {
    const wasArchived = before.archivedAt !== null;
    return {
      ...(name && { name, nameKey: nameKeyOf(name) }),
      ...(hint !== undefined && { hint: hint ?? '' }),
      ...(typeof archived === 'boolean' &&
        archived !== wasArchived && { archivedAt: archived ? this.clock.now() : null }),
    };
  }

  private recordChange(tx: Transaction, actor: Actor, id: string, data: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, {
      action: 'category.changed',
      actorId: actor.id,
      object: { type: 'category', id },
      data,
    });
  }
}

async function findOrFail({ manager }: { manager: EntityManager }, id: string): Promise<Category> {
  const category = await manager.findOneBy(Category, { id });
  if (!category) throw new NotFound('This category');
  return category;
}

async function refuseTakenName(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isUniqueViolation(error) ? new CategoryNameTaken() : error;
  }
}
