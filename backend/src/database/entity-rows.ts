import type { EntityMetadata, ObjectLiteral, ValueTransformer } from 'typeorm';
import { timeOf, type SqlTime } from './sql-time';

interface ReadColumn {
  name: string;
  read: ((stored: unknown) => unknown) | undefined;
}

/** How rows of one entity are read without TypeORM: its columns, and the way from what is stored to what the entity says. */
export class EntityRows<Entity extends ObjectLiteral> {
  readonly table: string;
  readonly columns: string;
  private readonly read: readonly ReadColumn[];

  constructor(private readonly metadata: EntityMetadata) {
    const shown = metadata.columns.filter(({ isSelect }) => isSelect);
    this.table = metadata.tablePath;
    this.columns = shown.map(({ databaseName }) => databaseName).join(', ');
    this.read = shown.map(({ databaseName: name, type, transformer }) => ({ name, read: reader(type, transformer) }));
  }

  entity(row: Record<string, unknown>): Entity {
    const entity = Object.create((this.metadata.target as { prototype: object }).prototype) as Record<string, unknown>;
    for (const { name, read } of this.read) {
      const stored = row[name];
      entity[name] = read && stored !== null ? read(stored) : stored;
    }
    return entity as Entity;
  }
}

function reader(
  type: unknown,
  transformer: ValueTransformer | ValueTransformer[] | undefined,
): ReadColumn['read'] | undefined {
  if (transformer)
    return (stored) => [transformer].flat().reduceRight((value, each) => each.from(value) as unknown, stored);
  if (type === 'datetime') return (stored) => timeOf(stored as SqlTime);
  if (type === 'boolean' || type === Boolean) return Boolean;
  return undefined;
}
