import type { EntityManager, ObjectLiteral } from 'typeorm';

/** Inserts one complete row; every column must be named, so a new column can't be forgotten anywhere. */
export async function insertRow<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Row,
  row: Row,
): Promise<void> {
  await manager.insert(entity, row);
}
