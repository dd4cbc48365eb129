import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { schemaState } from '../../database';
import type { Finding, SelfCheck } from './self-check';

/** Whether the tables are those this version works with. */
@Injectable()
export class SchemaCheck implements SelfCheck {
  readonly name = 'Tables';
  readonly adviceOnFailure = 'Start Parley again, or run npm run cli -- db:migrate, and read what it says.';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    const { pending, unknown, isBeingRestored } = await schemaState(this.dataSource);
    if (isBeingRestored)
      return {
        state: 'failed',
        found: 'A restore into this database was not finished.',
        advice: 'Run npm run restore again with the same backup.',
      };
    if (unknown.length)
      return {
        state: 'failed',
        found: `A newer version of Parley made steps that this one does not know: ${unknown.join(', ')}.`,
        advice: 'Start that version, or restore a backup that was made before.',
      };
    if (!pending.length)
      return { state: 'ok', found: `All ${this.dataSource.migrations.length} steps of the schema are done.` };
    return {
      state: 'failed',
      found: `Not done yet: ${pending.join(', ')}.`,
      advice: this.adviceOnFailure,
    };
  }
}
