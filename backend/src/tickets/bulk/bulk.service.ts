import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../access';
import { DomainError, toDomainError, ValidationFailed, type ExpectedVersion } from '../../common';
import { isDatabaseAway } from '../../database';
import type { TicketFields } from '../ticket-changes';
import type { Ticket } from '../ticket.entity';
import { TicketListQueries } from '../ticket-list.query';
import { TicketsService } from '../tickets.service';
import {
  MOST_TICKETS,
  type BulkActionDto,
  type BulkBeforeDto,
  type BulkResultDto,
  type BulkTicketsDto,
} from './bulk.dto';

const MOST_TAGS = 20;

/** What is to happen to one ticket. */
interface Order {
  ticketId: number;
  wish: (ticket: Ticket) => TicketFields;
  expected: ExpectedVersion;
  isUndo: boolean;
}

/**
 * The same change for many tickets: one after the other by number, each in a unit of its own with the rights and the
 * lifecycle of the single change. What one refuses, the others still get.
 */
@Injectable()
export class BulkService {
  private readonly logger = new Logger(BulkService.name);

  constructor(
    private readonly tickets: TicketsService,
    private readonly lists: TicketListQueries,
  ) {}

  async run(actor: Actor, request: BulkTicketsDto): Promise<BulkResultDto[]> {
    const orders = (await this.orders(actor, request)).toSorted((a, b) => a.ticketId - b.ticketId);
    const results: BulkResultDto[] = [];
    for (const order of orders) {
      const last = results.at(-1);
      // While the database is away each further ticket would only wait in vain.
      const isAway = last?.code === 'unavailable';
      results.push(isAway ? { ...last, ticketId: order.ticketId } : await this.result(actor, order));
    }
    return results;
  }

  private async orders(actor: Actor, { ids, filter, action, undo }: BulkTicketsDto): Promise<Order[]> {
    if ([ids, filter, undo].filter((given) => given !== undefined).length !== 1)
      throw ValidationFailed.of('ids', 'name the tickets by one of ids, filter and undo');
    if (undo) {
      if (action) throw ValidationFailed.of('action', 'cannot be used together with undo');
      assertEachOnce(undo.map(({ ticketId }) => ticketId));
      return undo.map(({ ticketId, version, before }) => ({
        ticketId,
        wish: () => fieldsOf(before),
        expected: [version],
        isUndo: true,
      }));
    }
    if (!action || !Object.values(action).some((value) => value !== undefined))
      throw ValidationFailed.of('action', 'must say what is to be different');
    const numbers = ids ? [...new Set(ids)] : await this.found(actor, filter ?? {});
    const wish = (ticket: Ticket): TicketFields => wished(action, ticket);
    return numbers.map((ticketId) => ({ ticketId, wish, expected: undefined, isUndo: false }));
  }

  private async found(actor: Actor, filter: NonNullable<BulkTicketsDto['filter']>): Promise<number[]> {
    const numbers = await this.lists.numbers(actor, filter, MOST_TICKETS + 1);
    if (numbers.length > MOST_TICKETS) throw ValidationFailed.of('filter', `finds more than ${MOST_TICKETS} tickets`);
    return numbers;
  }

  private async result(actor: Actor, { ticketId, wish, expected, isUndo }: Order): Promise<BulkResultDto> {
    let before: Ticket | undefined;
    let fields: TicketFields = {};
    try {
      const remember = (ticket: Ticket): TicketFields => {
        before = { ...ticket };
        return (fields = wish(ticket));
      };
      const after = await this.tickets.change(actor, ticketId, expected, remember, { isUndo });
      const isChanged = before !== undefined && after.version !== before.version;
      return {
        ticketId,
        ok: true,
        ...(before && isChanged && { before: changedFields(before, after, fields) }),
        version: after.version,
      };
    } catch (error) {
      return { ticketId, ok: false, ...this.refusal(error, ticketId) };
    }
  }

  private refusal(error: unknown, ticketId: number): Pick<BulkResultDto, 'code' | 'detail' | 'version'> {
    const known = toDomainError(error, isDatabaseAway);
    if (!known) this.logger.error({ err: error, ticketId }, 'A ticket could not be changed among others');
    const { code, message, extensions } = known ?? UNEXPECTED;
    const version = extensions.version;
    return { code, detail: message, ...(typeof version === 'number' && { version }) };
  }
}

const UNEXPECTED = new DomainError('unavailable', 'Something went wrong on our side.', { code: 'internal' });

function wished({ agentId, addTags = [], removeTags = [], ...fields }: BulkActionDto, ticket: Ticket): TicketFields {
  const tags = [...new Set([...ticket.tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  if (tags.length > Math.max(MOST_TAGS, ticket.tags.length))
    throw ValidationFailed.of('addTags', `a ticket has at most ${MOST_TAGS} tags`);
  const isTagged = addTags.length > 0 || removeTags.length > 0;
  return { ...fields, ...(agentId !== undefined && { assigneeId: agentId }), ...(isTagged && { tags }) };
}

const fieldsOf = ({ agentId, ...fields }: BulkBeforeDto): TicketFields => ({
  ...fields,
  ...(agentId !== undefined && { assigneeId: agentId }),
});

function changedFields(before: Ticket, after: Ticket, fields: TicketFields): BulkBeforeDto {
  const { status, priority, assigneeId, categoryId, tags } = before;
  const isChanged = (field: keyof TicketFields): boolean =>
    fields[field] !== undefined && JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  return {
    ...(isChanged('status') && { status }),
    ...(isChanged('priority') && { priority }),
    ...(isChanged('assigneeId') && { agentId: assigneeId }),
    ...(isChanged('categoryId') && { categoryId }),
    ...(isChanged('tags') && { tags }),
  };
}

function assertEachOnce(ticketIds: readonly number[]): void {
  if (new Set(ticketIds).size < ticketIds.length) throw ValidationFailed.of('undo', 'names a ticket twice');
}
