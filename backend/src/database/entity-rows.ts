import type { DataSource, EntityMetadata, ObjectLiteral, ValueTransformer } from 'typeorm';
import type { SqlValue } from './prepared';
import { timeOf, type SqlTime } from './sql-time';

interface ReadColumn {
  name: string;
  read: ((stored: unknown) => unknown) | undefined;
}

interface WrittenColumn {
  property: string;
  name: string;
  write: ((value: unknown) => unknown) | undefined;
}

/** How rows of one entity are read and written without TypeORM: its columns, and the ways from and to what is stored. */
export class EntityRows<Entity extends ObjectLiteral> {
  readonly table: string;
  readonly columns: string;
  private readonly read: readonly ReadColumn[];
  private readonly written: readonly WrittenColumn[];

  constructor(private readonly metadata: EntityMetadata) {
    const shown = metadata.columns.filter(({ isSelect }) => isSelect);
    this.table = metadata.tablePath;
    this.columns = shown.map(({ databaseName }) => databaseName).join(', ');
    this.read = shown.map(({ databaseName: name, type, transformer }) => ({ name, read: reader(type, transformer) }));
    this.written = metadata.columns.map(({ propertyName: property, databaseName: name, transformer }) => ({
      property,
      name,
      write: transformer && writer(transformer),
    }));
  }

  entity(row: Record<string, unknown>): Entity {
    const entity = Object.create((this.metadata.target as { prototype: object }).prototype) as Record<string, unknown>;
    for (const { name, read } of this.read) {
      const stored = row[name];
      entity[name] = read && stored !== null ? read(stored) : stored;
    }
    return entity as Entity;
  }

  /** Columns and values of a row, or of the part of it that is given. */
  stored(row: Partial<Entity>): { names: string[]; values: SqlValue[] } {
    const given = row as Record<string, unknown>;
    const columns = this.written.filter(({ property }) => given[property] !== undefined);
    return {
      // Both engines take a word of their own as a name like this.
      names: columns.map(({ name }) => `\`${name}\``),
      values: columns.map(({ property, write }) => (write ? write(given[property]) : given[property]) as SqlValue),
    };
  }
}

const known = new WeakMap<EntityMetadata, EntityRows<ObjectLiteral>>();

/** The rows of an entity, looked at once for each data source. */
export function rowsOf<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  target: new () => Entity,
): EntityRows<Entity> {
  const metadata = dataSource.getMetadata(target);
  const rows = known.get(metadata) ?? new EntityRows(metadata);
  known.set(metadata, rows);
  return rows as EntityRows<Entity>;
}

/** Several transformers of one column are asked one after the other. */
const writer =
  (transformer: ValueTransformer | ValueTransformer[]): WrittenColumn['write'] =>
  (value) =>
    [transformer].flat().reduce((given, each) => each.to(given) as unknown, value);

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
