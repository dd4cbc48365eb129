import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access';
import { Clock, comparisonKey, newId } from '../../common';
import { InTransaction, insertRow, isUniqueViolation, UnitOfWork, type Transaction } from '../../database';
import { PeopleLoader, UserAnonymised } from '../../users';
import { TicketFilter } from '../dto/ticket-list-query.dto';
import { TicketListQueries } from '../ticket-list.query';
import { TicketView } from './ticket-view.entity';
import { plainFilter, ViewDto, type CreateViewDto, type UpdateViewDto, type ViewCountDto } from './view.dto';
import { TooManyViews, ViewForbidden, ViewNameTaken, ViewNotFound } from './view.errors';

const MOST_OWN = 50;
const MOST_SHARED = 100;
const SHARED = 'shared';
const NAME_KEY_LENGTH = 100;

/** Lists that staff have saved: their own, and those that all share. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: TicketListQueries,
    private readonly people: PeopleLoader,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<ViewDto[]> {
    return this.shown(await this.visible(actor));
  }

  async get(actor: Actor, id: string): Promise<ViewDto> {
    const view = await this.dataSource.manager.findOneBy(TicketView, { id });
    if (!view || !isVisible(actor, view)) throw new ViewNotFound();
    const [shown] = await this.shown([view]);
    return shown;
  }

  /** As the lists themselves would show it to this person, counted no further than is shown. */
  async counts(actor: Actor): Promise<ViewCountDto[]> {
    const counts: ViewCountDto[] = [];
    for (const { id, filter } of await this.visible(actor)) {
      const wanted = plainToInstance(TicketFilter, filter);
      counts.push({ id, count: await this.lists.countOf(actor, wanted) });
    }
    return counts;
  }

  async create(actor: Actor, { name, filter, sort, shared }: CreateViewDto): Promise<ViewDto> {
    const now = this.clock.now();
    const view: TicketView = {
      id: newId(),
      userId: actor.id,
      ...named(name, shared, actor.id),
      filter: plainFilter(filter),
      sort,
      createdAt: now,
      updatedAt: now,
    };
    await this.unitOfWork.run(async (tx) => {
      await this.assertRoom(tx, actor.id, shared);
      await refuseTakenName(view, insertRow(tx.manager, TicketView, view));
      tx.made(view.id);
    });
    return this.get(actor, view.id);
  }

  /** A shared one: its owner or an admin. */
  async update(actor: Actor, id: string, change: UpdateViewDto): Promise<ViewDto> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.changeable(tx, actor, id);
      const { name = before.name, sort = before.sort, shared = before.shared } = change;
      if (shared && !before.shared) await this.assertRoom(tx, before.userId, shared);
      const columns = {
        ...named(name, shared, before.userId),
        filter: change.filter ? plainFilter(change.filter) : before.filter,
        sort,
        updatedAt: this.clock.now(),
      };
      await refuseTakenName(columns, tx.manager.update(TicketView, { id }, columns));
    });
    return this.get(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.changeable(tx, actor, id);
      await tx.manager.delete(TicketView, { id });
    });
  }

  /** What a person who is gone had for themselves; what all share stays. */
  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, { manager }: Transaction): Promise<void> {
    await manager.delete(TicketView, { userId, shared: false });
  }

  /** Views that show a tag show the one that takes its place. */
  async renameTag(from: string, to: string): Promise<void> {
    const named = await this.dataSource
      .createQueryBuilder(TicketView, 'view')
      .select('view.id')
      .where(`view.filter LIKE :named ESCAPE '!'`, { named: `%${JSON.stringify(from).replace(/[!%_]/g, '!$&')}%` })
      .getMany();
    for (const { id } of named)
      await this.unitOfWork.run(async (tx) => {
        await touch(tx, id);
        const view = await tx.manager.findOneBy(TicketView, { id });
        if (!Array.isArray(view?.filter.tag)) return;
        const tag = [...new Set(view.filter.tag.map((each) => (each === from ? to : each)))];
        await tx.manager.update(TicketView, { id }, { filter: { ...view.filter, tag } });
      });
  }

  /** Own ones first, each by name. */
  private visible(actor: Actor): Promise<TicketView[]> {
    return this.dataSource
      .createQueryBuilder(TicketView, 'view')
      .where('view.userId = :me OR view.shared = :yes', { me: actor.id, yes: true })
      .orderBy('CASE WHEN view.userId = :me THEN 0 ELSE 1 END')
      .addOrderBy('view.nameKey')
      .addOrderBy('view.id')
      .limit(MOST_OWN + MOST_SHARED)
      .getMany();
  }

  private async shown(views: TicketView[]): Promise<ViewDto[]> {
    const people = await this.people.load(views.map(({ userId }) => userId));
    return views.map((view) => ViewDto.from(view, people));
  }

  /** Locked until commit, so that two changes at once do not undo each other. */
  private async changeable(tx: Transaction, actor: Actor, id: string): Promise<TicketView> {
    await touch(tx, id);
    const view = await tx.manager.findOneBy(TicketView, { id });
    if (!view || !isVisible(actor, view)) throw new ViewNotFound();
    if (view.userId !== actor.id && actor.role !== 'admin') throw new ViewForbidden();
    return view;
  }

  /** The row of the owner is the lock, so that views saved at once do not pass the limit together. */
  private async assertRoom({ manager }: Transaction, userId: string, shared: boolean): Promise<void> {
    await manager.query('UPDATE users SET active = active WHERE id = ?', [userId]);
    if ((await manager.countBy(TicketView, { userId })) >= MOST_OWN) throw new TooManyViews(MOST_OWN, false);
    if (shared && (await manager.countBy(TicketView, { shared })) >= MOST_SHARED)
      throw new TooManyViews(MOST_SHARED, true);
  }
}

const touch = ({ manager }: Transaction, id: string): Promise<unknown> =>
  manager.query('UPDATE ticket_views SET sort = sort WHERE id = ?', [id]);

const isVisible = (actor: Actor, view: TicketView): boolean => view.shared || view.userId === actor.id;

/** A name is the only one among the views of its owner, or among the shared ones. */
const named = (
  name: string,
  shared: boolean,
  userId: string,
): Pick<TicketView, 'name' | 'nameKey' | 'nameScope' | 'shared'> => ({
  name,
  nameKey: comparisonKey(name, NAME_KEY_LENGTH),
  nameScope: shared ? SHARED : userId,
  shared,
});

async function refuseTakenName({ shared }: Pick<TicketView, 'shared'>, write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isUniqueViolation(error) ? new ViewNameTaken(shared) : error;
  }
}
