import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AuditLog, AuditReader, type AuditFilter } from '../../audit';
import { Clock, csvLine, RateLimits, type Page } from '../../common';
import { UnitOfWork } from '../../database';
import { AuditNames } from './audit-names';
import { AuditEntryDto, type ExportFormat } from './audit.dto';

const BATCH = 500;
const HEADER = ['id', 'at', 'actor id', 'actor', 'address', 'action', 'object type', 'object id', 'data'];

/** The audit log as admins read it and take it away. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly reader: AuditReader,
    private readonly audit: AuditLog,
    private readonly names: AuditNames,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list(filter: AuditFilter, limit: number, cursor?: string): Promise<Page<AuditEntryDto>> {
    const page = await this.reader.page(filter, limit, cursor);
    const known = await this.names.of(page.items);
    return { ...page, items: page.items.map((item) => AuditEntryDto.from(item, known)) };
  }

  /** All entries up to now, in pieces; that they were taken is itself an entry. */
  async export(actor: Actor, filter: AuditFilter, format: ExportFormat): Promise<AsyncGenerator<string>> {
    await this.limits.spend('exports', actor.id);
    const now = this.clock.now();
    const upToNow = { ...filter, to: filter.to && filter.to < now ? filter.to : now };
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, { action: 'export.made', actorId: actor.id, data: { of: 'audit', format, filter } }),
    );
    return format === 'csv' ? this.asCsv(upToNow) : this.asJson(upToNow);
  }

  private async *asCsv(filter: AuditFilter): AsyncGenerator<string> {
    yield csvLine(HEADER);
    for await (const entries of this.batches(filter)) yield entries.map(csvOf).join('');
  }

  private async *asJson(filter: AuditFilter): AsyncGenerator<string> {
    let separator = '[\n';
    for await (const entries of this.batches(filter)) {
      yield separator + entries.map((entry) => JSON.stringify(entry)).join(',\n');
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  }

  private async *batches(filter: AuditFilter): AsyncGenerator<AuditEntryDto[]> {
    let cursor: string | undefined;
    do {
      const page = await this.list(filter, BATCH, cursor);
      if (page.items.length) yield page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
}

const csvOf = ({ id, at, actor, address, action, object, data }: AuditEntryDto): string =>
  csvLine([
    id,
    at,
    actor?.id ?? null,
    actor?.name ?? null,
    address,
    action,
    object?.type ?? null,
    object?.id ?? null,
    JSON.stringify(data),
  ]);
