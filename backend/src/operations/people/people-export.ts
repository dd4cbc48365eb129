import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { csvLine, RateLimits } from '../../common';
import { UnitOfWork } from '../../database';
import { PeopleDirectory, type UserDto, type UserFilterQuery } from '../../users';

const BATCH = 100;
const HEADER = ['id', 'name', 'e-mail', 'role', 'active', 'invited', 'created', 'invitation sent', 'last seen'];

/** People as a table to take away. */
@Injectable()
export class PeopleExport {
  constructor(
    private readonly directory: PeopleDirectory,
    private readonly audit: AuditLog,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Those of a filter, by name, in pieces. What was searched for may be a name, which the log would not forget. */
  async asCsv(actor: Actor, { q, ...filter }: UserFilterQuery): Promise<AsyncGenerator<string>> {
    await this.limits.spend('exports', actor.id);
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        action: 'export.made',
        actorId: actor.id,
        data: { of: 'people', format: 'csv', filter: { ...filter, ...(q && { q: '…' }) } },
      }),
    );
    return this.lines({ q, ...filter });
  }

  private async *lines(filter: UserFilterQuery): AsyncGenerator<string> {
    yield csvLine(HEADER);
    let cursor: string | undefined;
    do {
      const page = await this.directory.list({ ...filter, limit: BATCH, cursor });
      yield page.items.map(lineOf).join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
}

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

const lineOf = ({ id, name, email, role, active, invited, createdAt, invitedAt, lastSeenAt }: UserDto): string =>
  csvLine([id, name, email, role, yesOrNo(active), yesOrNo(invited), createdAt, invitedAt, lastSeenAt]);
