import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { comparisonKey } from '../../common';
import { insertRow, type Transaction } from '../../database';
import { Tag, TicketTag } from '../ticket.entity';
import type { TagDto, TagListQuery } from './tag.dto';

const KEY_LENGTH = 80;

/** The tags of tickets, and all tags that are in use, with how often. */
@Injectable()
export class TagsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Tags that begin like `q`, whatever its case, most used first. */
  async list({ q = '', limit }: TagListQuery): Promise<TagDto[]> {
    const tags = this.dataSource
      .createQueryBuilder(Tag, 'tag')
      .where('tag.uses > 0')
      .orderBy('tag.uses', 'DESC')
      .addOrderBy('tag.tag', 'ASC')
      .limit(limit);
    const prefix = comparisonKey(q.trim(), KEY_LENGTH).replace(/[!%_]/g, '!$&');
    if (prefix) tags.andWhere(`tag.tagKey LIKE :prefix ESCAPE '!'`, { prefix: `${prefix}%` });
    return (await tags.getMany()).map(({ tag, uses }) => ({ tag, uses }));
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

  private async count({ manager }: Transaction, tag: string, by: 1 | -1): Promise<void> {
    const { affected } = await manager.increment(Tag, { tag }, 'uses', by);
    if (affected || by < 0) return;
    const fresh: Tag = { tag, tagKey: comparisonKey(tag, KEY_LENGTH), uses: 0 };
    await manager.createQueryBuilder().insert().into(Tag).values(fresh).orIgnore().execute();
    await manager.increment(Tag, { tag }, 'uses', by);
  }
}
