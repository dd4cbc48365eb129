import 'reflect-metadata';
import { createDataSource, dataSourceOptions, migrate } from '../../../src/database';

/** A process that does nothing but bring the schema up to date, and says what it did. */
async function main(): Promise<void> {
  const { DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = process.env;
  const dataSource = await createDataSource(dataSourceOptions({ dataDir, databaseUrl })).initialize();
  const done = await migrate(dataSource);
  await dataSource.destroy();
  process.stdout.write(JSON.stringify(done));
}

void main();
