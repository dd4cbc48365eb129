import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newId } from '../../common';
import { addColumn, addUniqueIndex, dialectOf } from './dialect';

/** Tags can be named by an id, and tell when their tickets get another one or lose it. */
export class Tags1797200000000 implements MigrationInterface {
  readonly name = 'Tags1797200000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await addColumn(runner, 'tags', 'id', `${t.key()} NULL`);
    await addColumn(runner, 'tags', 'isMoving', `${t.flag} NOT NULL DEFAULT 0`);
    await addColumn(runner, 'tags', 'movesTo', `${t.exact(40)} NULL`);
    const nameless = (await runner.query('SELECT tag FROM tags WHERE id IS NULL')) as { tag: string }[];
    for (const { tag } of nameless) await runner.query('UPDATE tags SET id = ? WHERE tag = ?', [newId(), tag]);
    await addUniqueIndex(runner, 'tags', 'id', ['id']);
  }

  async down(runner: QueryRunner): Promise<void> {
    const on = dialectOf(runner).engine === 'mysql' ? ' ON tags' : '';
    await runner.query(`DROP INDEX UQ_tags_id${on}`);
    for (const column of ['movesTo', 'isMoving', 'id']) await runner.query(`ALTER TABLE tags DROP COLUMN ${column}`);
  }
}
