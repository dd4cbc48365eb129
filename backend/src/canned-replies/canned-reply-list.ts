import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../access';
import { comparisonKey, decodeCursor, encodeCursor, pageOf, type CursorKey, type Page } from '../common';
import { PeopleLoader } from '../users';
import { CannedReply } from './canned-reply.entity';
import { CannedReplyDto, type CannedReplyListQuery, type CannedReplySort } from './dto/canned-reply.dto';

/** In which scope everybody finds the shared ones. */
export const SHARED = 'shared';
const LONGEST_TERM = 100;

/** The canned replies that a person may insert. */
@Injectable()
export class CannedReplyList {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleLoader,
  ) {}

  async page(actor: Actor, query: CannedReplyListQuery): Promise<Page<CannedReplyDto>> {
    const { limit, cursor, sort } = query;
    const listName = JSON.stringify(['canned-replies', actor.id, { ...query, limit: null, cursor: null }]);
    const replies = this.found(actor, query).limit(limit + 1);
    inOrder(replies, sort, cursor === undefined ? undefined : decodeCursor(cursor, listName));
    const page = pageOf(await replies.getMany(), limit, ({ titleKey, uses, id }) =>
      encodeCursor([sort === 'title' ? titleKey : uses, id], listName),
    );
    return { ...page, items: await this.shown(page.items) };
  }

  async shown(replies: readonly CannedReply[]): Promise<CannedReplyDto[]> {
    const people = await this.people.load(replies.map(({ userId }) => userId));
    return replies.map((reply) => CannedReplyDto.from(reply, people));
  }

  private found(
    actor: Actor,
    { q = '', scope, in: place, used }: CannedReplyListQuery,
  ): SelectQueryBuilder<CannedReply> {
    const scopes = scope === 'own' ? [actor.id] : scope === 'shared' ? [SHARED] : [actor.id, SHARED];
    const found = this.dataSource
      .createQueryBuilder(CannedReply, 'reply')
      .where('reply.keyScope IN (:...scopes)', { scopes });
    if (place) found.andWhere(place === 'note' ? 'reply.inNote = :yes' : 'reply.inReply = :yes', { yes: true });
    if (used !== undefined) found.andWhere(used ? 'reply.uses > 0' : 'reply.uses = 0');
    const words = comparisonKey(q.trim(), LONGEST_TERM).split(/\s+/u).filter(Boolean);
    for (const [index, word] of words.entries())
      found.andWhere(`reply.words LIKE :word${index} ESCAPE '!'`, {
        [`word${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    return found;
  }
}

function inOrder(replies: SelectQueryBuilder<CannedReply>, sort: CannedReplySort, after?: CursorKey): void {
  const [column, direction, further] =
    sort === 'title' ? (['titleKey', 'ASC', '>'] as const) : (['uses', 'DESC', '<'] as const);
  replies.orderBy(`reply.${column}`, direction).addOrderBy('reply.id', direction);
  if (!after) return;
  const [place, id] = after;
  replies.andWhere(
    new Brackets((either) =>
      either
        .where(`reply.${column} ${further} :place`, { place })
        .orWhere(`reply.${column} = :place AND reply.id ${further} :id`, { place, id }),
    ),
  );
}
