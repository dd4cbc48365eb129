import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { CategoriesService } from '../../categories';
import { Statements } from '../../database';
import { MOST_COUNTED, shownCount } from '../lists/ticket-finder';
import type { CategoryUsesDto } from './category-uses.dto';

const USES = `SELECT MIN(categoryId) AS id, COUNT(*) AS uses
  FROM (SELECT categoryId FROM tickets WHERE categoryId = ? LIMIT ${MOST_COUNTED + 1}) AS counted`;

/** How many tickets keep a category from being deleted, counted no further than is shown. */
@Injectable()
export class CategoryUses {
  constructor(
    private readonly categories: CategoriesService,
    private readonly statements: Statements,
  ) {}

  async list(actor: Actor): Promise<CategoryUsesDto[]> {
    const ids = (await this.categories.list(actor, true)).map(({ id }) => id);
    const rows = await this.statements.rowsForEach<{ id: string | null; uses: number }>(USES, ids);
    return rows.flatMap(({ id, uses }) => (id === null ? [] : [{ id, uses: shownCount(Number(uses)) }]));
  }
}
