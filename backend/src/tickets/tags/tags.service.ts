import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import { comparisonKey, decodeCursor, encodeCursor, newId, pageOf, type CursorKey, type Page } from '../../common';
import { insertRow, type Transaction } from '../../database';
import { Tag, TicketTag } from '../ticket.entity';
import { TagDto, type TagListQuery, type TagSort } from './tag.dto';

const KEY_LENGTH = 80;

/** The tags of tickets, and all tags that are in use, with how often. */
@Injectable()
export class TagsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Tags in use that begin like `q`, whatever its case. */
  async list({ q = '', sort, limit, cursor }: TagListQuery): Promise<Page<TagDto>> {
    const prefix = comparisonKey(q.trim(), KEY_LENGTH).replace(/[!%_]/g, '!$&');
    const listName = JSON.stringify(['tags', prefix, sort]);
    const tags = this.dataSource
      .createQueryBuilder(Tag, 'tag')
      .where('tag.uses > 0')
      .limit(limit + 1);
    if (prefix) tags.andWhere(`tag.tagKey LIKE :prefix ESCAPE '!'`, { prefix: `${prefix}%` });
    inOrder(tags, sort, cursor === undefined ? undefined : decodeCursor(cursor, listName));
    const page = pageOf(await tags.getMany(), limit, ({ tag, tagKey, uses }) =>
      encodeCursor([sort === 'tag' ? tagKey : uses, tag], listName),
    );
    return { ...page, items: page.items.map((tag) => TagDto.from(tag)) };
  }

  /** What tags are called, by their ids; those that are gone are absent. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (!ids.length) return new Map();
    const found = await this.dataSource.manager.findBy(Tag, { id: In([...ids]) });
    return new Map(found.map(({ id, tag }) => [id, tag]));
  }

  /** Under the lock of the ticket. Tags are touched in one order, so that two tickets never wait for each other. */
  async replace(tx: Transaction, ticketNumber: number, from: readonly string[], to: readonly string[]): Promise<void> {
    const removed = from.filter((tag) => !to.includes(tag));
    const added = to.filter((tag) => !from.includes(tag));
    for (const tag of [...removed, ...added].toSorted()) {
      const isAdded = added.includes(tag);
      await this.count(tx, tag, isAdded ? 1 : -1);
      if (isAdded) await insertRow(tx.manager, TicketTag, { tag, ticketNumber });
      else await tx.manager.delete(TicketTag, { tag, ticketNumber });
    }
  }

  /** Makes it known, in use or not. */
  async introduce({ manager }: Transaction, tag: string): Promise<void> {
    const fresh: Tag = {
      tag,
      tagKey: comparisonKey(tag, KEY_LENGTH),
      uses: 0,
      id: newId(),
      isMoving: false,
      movesTo: null,
    };
    await manager.createQueryBuilder().insert().into(Tag).values(fresh).orIgnore().execute();
  }

  private async count(tx: Transaction, tag: string, by: 1 | -1): Promise<void> {
    const { affected } = await tx.manager.increment(Tag, { tag }, 'uses', by);
    if (affected || by < 0) return;
    await this.introduce(tx, tag);
    await tx.manager.increment(Tag, { tag }, 'uses', by);
  }
}

function inOrder(tags: SelectQueryBuilder<Tag>, sort: TagSort, after?: CursorKey): void {
  const [first, direction, further] = sort === 'tag' ? ['tagKey', 'ASC' as const, '>'] : ['uses', 'DESC' as const, '<'];
  tags.orderBy(`tag.${first}`, direction).addOrderBy('tag.tag', 'ASC');
  if (!after) return;
  tags.andWhere(`(tag.${first} ${further} :place OR (tag.${first} = :place AND tag.tag > :last))`, {
    place: after[0],
    last: after[1],
  });
}
