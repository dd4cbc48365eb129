import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { AddressCheck } from './address-check';
import { DatabaseCheck } from './database-check';
import { JobsCheck } from './jobs-check';
import { MailCheck } from './mail-check';
import { NodesCheck } from './nodes-check';
import { ReplicasCheck } from './replicas-check';
import { SchemaCheck } from './schema-check';
import type { Finding, SelfCheck } from './self-check';
import { StorageCheck } from './storage-check';

const PATIENCE_MS = 12_000;

export interface NamedFinding extends Finding {
  readonly name: string;
}

/** Looks at every part of the installation, all at once. */
@Injectable()
export class SelfTest {
  private readonly logger = new Logger(SelfTest.name);
  private readonly checks: readonly SelfCheck[];

  constructor(
    database: DatabaseCheck,
    schema: SchemaCheck,
    replicas: ReplicasCheck,
    nodes: NodesCheck,
    storage: StorageCheck,
    mail: MailCheck,
    jobs: JobsCheck,
    address: AddressCheck,
  ) {
    this.checks = [database, schema, replicas, nodes, storage, mail, jobs, address];
  }

  /** In the order of the checks; what does not end within 12 seconds has failed. */
  run(): Promise<NamedFinding[]> {
    return Promise.all(this.checks.map(async (check) => ({ name: check.name, ...(await this.findingOf(check)) })));
  }

  private async findingOf(check: SelfCheck): Promise<Finding> {
    const patience = new AbortController();
    try {
      const tooLate = sleep(PATIENCE_MS, undefined, { signal: patience.signal, ref: false });
      const finding = await Promise.race([check.run(), tooLate]);
      return finding ?? failed(check, `No answer within ${PATIENCE_MS / 1_000} seconds.`);
    } catch (error) {
      this.logger.warn({ err: error, check: check.name }, 'A part of the installation does not work');
      return failed(check, error instanceof Error ? error.message : String(error));
    } finally {
      patience.abort();
    }
  }
}

const failed = ({ adviceOnFailure }: SelfCheck, found: string): Finding => ({
  state: 'failed',
  found,
  advice: adviceOnFailure,
});
