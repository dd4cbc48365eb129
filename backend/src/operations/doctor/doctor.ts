import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataSource } from 'typeorm';
import { DiskSpace, fileStoreOf, TempFiles } from '../../attachments';
import { SystemClock } from '../../common';
import { loadSettings, SettingsError, type Settings } from '../../config';
import { createDataSource, dataSourceOptions, schemaState } from '../../database';
import { SmtpDelivery } from '../../mail';
import { assertRedisAnswers } from '../../nodes';
import { OutboxBacklog } from '../../outbox';
import { productVersion } from '../product-version';
import { AddressCheck } from '../self-test/address-check';
import { DatabaseCheck } from '../self-test/database-check';
import { JobsCheck } from '../self-test/jobs-check';
import { lookAt, type NamedFinding } from '../self-test/look';
import { MailCheck } from '../self-test/mail-check';
import { SchemaCheck } from '../self-test/schema-check';
import type { SelfCheck } from '../self-test/self-check';
import { StorageCheck } from '../self-test/storage-check';
import { AdminsCheck } from './admins-check';
import { AuditCheck } from './audit-check';
import { ClockCheck } from './clock-check';
import { DataFolderCheck } from './data-folder-check';
import { FilesCheck } from './files-check';
import { RedisCheck } from './redis-check';
import { SettingsCheck } from './settings-check';

/** Each failure stands among the findings; there is no log to write it to. */
const SILENT = { warn: () => undefined };

/**
 * Looks at an installation from beside it, whether or not a server runs: as far as it gets, for what has failed hides what
 * builds on it. No job is worked on, and no step of the schema is done.
 */
export async function examine(env = process.env): Promise<NamedFinding[]> {
  const program: NamedFinding = {
    name: 'Program',
    state: 'ok',
    found: `Parley ${productVersion()} on Node ${process.version}.`,
  };
  try {
    return [program, ...(await examineWith(loadSettings(env)))];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const advice = 'Correct it, and run the doctor again.';
    return [program, { name: 'Settings', state: 'failed', found: error.message, advice }];
  }
}

async function examineWith(settings: Settings): Promise<NamedFinding[]> {
  const diskSpace = new DiskSpace();
  const delivery = new SmtpDelivery(settings);
  const store = await fileStoreOf(settings);
  const tempFiles = new TempFiles(settings, new SystemClock(), diskSpace);
  await tempFiles.onModuleInit();
  const checks: SelfCheck[] = [
    new SettingsCheck(settings),
    new AddressCheck(settings),
    new DataFolderCheck(settings, diskSpace),
    new StorageCheck(store, tempFiles, settings),
    new MailCheck(delivery),
  ];
  const { redisUrl } = settings;
  if (redisUrl) checks.push(new RedisCheck(() => assertRedisAnswers(redisUrl)));
  const findings = await lookAt(checks, SILENT);
  delivery.onApplicationShutdown();
  return [...findings, ...(await examineDatabase(settings, store))];
}

async function examineDatabase(
  settings: Settings,
  store: Awaited<ReturnType<typeof fileStoreOf>>,
): Promise<NamedFinding[]> {
  if (!settings.databaseUrl && !existsSync(join(settings.dataDir, 'parley.sqlite')))
    return [{ name: 'Database', state: 'warning', found: 'There is none yet.', advice: 'The first start makes it.' }];
  const dataSource = createDataSource(dataSourceOptions(settings));
  const database = new DatabaseCheck(dataSource);
  const reached = await lookAt([{ ...nameOf(database), run: () => connected(dataSource, database) }], SILENT);
  if (!dataSource.isInitialized) return reached;
  try {
    const [schema] = await lookAt([new SchemaCheck(dataSource)], SILENT);
    const { unknown, pending, isBeingRestored } = await schemaState(dataSource);
    const isCurrent = !unknown.length && !pending.length && !isBeingRestored;
    const backlog = new OutboxBacklog(dataSource, new SystemClock());
    const checks = [
      new ClockCheck(dataSource),
      ...(isCurrent
        ? [
            new AdminsCheck(dataSource),
            new JobsCheck(backlog),
            new FilesCheck(dataSource, store),
            new AuditCheck(dataSource),
          ]
        : []),
    ];
    return [...reached, schema, ...(await lookAt(checks, SILENT))];
  } finally {
    await dataSource.destroy();
  }
}

const nameOf = ({ name, adviceOnFailure }: SelfCheck): Pick<SelfCheck, 'name' | 'adviceOnFailure'> => ({
  name,
  adviceOnFailure,
});

async function connected(dataSource: DataSource, check: SelfCheck): ReturnType<SelfCheck['run']> {
  await dataSource.initialize();
  return check.run();
}
