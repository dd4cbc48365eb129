import { Injectable, Logger } from '@nestjs/common';
import { AddressCheck } from './address-check';
import { DatabaseCheck } from './database-check';
import { JobsCheck } from './jobs-check';
import { lookAt, type NamedFinding } from './look';
import { MailCheck } from './mail-check';
import { NodesCheck } from './nodes-check';
import { ReplicasCheck } from './replicas-check';
import { SchemaCheck } from './schema-check';
import type { SelfCheck } from './self-check';
import { StorageCheck } from './storage-check';

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

  run(): Promise<NamedFinding[]> {
    return lookAt(this.checks, this.logger);
  }
}
