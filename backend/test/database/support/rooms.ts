import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule, loadSettings } from '../../../src/config';
import { DatabaseModule } from '../../../src/database';
import { scratch, type Scratch } from '../../support/databases';

/** Settings of a test on this database. */
export const settingsFor = ({ dataDir, databaseUrl }: Pick<Scratch, 'dataDir' | 'databaseUrl'>) =>
  loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DEMO: 'false',
    DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });

export interface Rooms {
  module: TestingModule;
  database: Scratch;
  close(): Promise<void>;
}

export interface RoomsOptions extends ModuleMetadata {
  /** The database of other rooms, for a second process; a new one by default. */
  on?: Scratch;
}

/** Only the database and what a test adds to it, without routes and sockets. */
export async function startRooms({ imports = [], providers = [], on }: RoomsOptions): Promise<Rooms> {
  const database = on ?? (await scratch());
  const module = await Test.createTestingModule({
    imports: [ConfigModule.for(settingsFor(database)), DatabaseModule, ...imports],
    providers,
  }).compile();
  module.useLogger(false);
  await module.init();
  return {
    module,
    database,
    close: async () => {
      await module.close();
      if (!on) await database.drop();
    },
  };
}
