import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pendingMigrations } from '../../database';
import type { Finding, SelfCheck } from './self-check';

/** Whether the tables are those this version works with. */
@Injectable()
export class SchemaCheck implements SelfCheck {
  readonly name = 'Tables';
  readonly adviceOnFailure = 'Start Parley again, or run npm run cli -- db:migrate, and read what it says.';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    const pending = await pendingMigrations(this.dataSource);
    if (!pending.length)
      return { state: 'ok', found: `All ${this.dataSource.migrations.length} steps of the schema are done.` };
    return {
      state: 'failed',
      found: `Not done yet: ${pending.join(', ')}.`,
      advice: this.adviceOnFailure,
    };
  }
}
