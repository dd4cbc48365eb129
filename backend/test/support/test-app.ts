import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module';
import { setUp } from '../../src/app.setup';
import { FreezeWatch } from '../../src/common';
import { loadSettings } from '../../src/config';
import { scratch, type Scratch } from './databases';

/** The real application on a scratch database, listening on a port of its own; nothing inside it is mocked. */
export interface TestApp {
  app: NestExpressApplication;
  /** Like `http://127.0.0.1:40123`. */
  url: string;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Further settings, by the names of the environment. */
  env?: Record<string, string>;
  /** The way to the database of this application, for tests that cut it; only asked on MariaDB. */
  databaseThrough?: (databaseUrl: string) => string;
  /** A database that stays when the application is closed; by default each has one of its own. */
  database?: Scratch;
  /** Ports bound to fakes, such as a clock that tests move. */
  replace?: { token: abstract new (...args: never[]) => unknown; value: unknown }[];
}

/**
 * The process of a test also compiles and asks: on a busy machine it stands still for seconds, and would refuse what
 * comes then. Tests of a server that stood still start one as a process of its own.
 */
class UnnoticedFreezes extends FreezeWatch {
  override look(): void {
    return;
  }
}

export async function startTestApp({
  env = {},
  databaseThrough = (url) => url,
  database: kept,
  replace = [],
}: TestAppOptions = {}): Promise<TestApp> {
  const database = kept ?? (await scratch());
  const settings = loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DEMO: 'false',
    RATE_LIMIT_SCALE: '1000',
    PORT: '0',
    DATA_DIR: database.dataDir,
    ...(database.databaseUrl && { DATABASE_URL: databaseThrough(database.databaseUrl) }),
    ...env,
  });
  const builder = Test.createTestingModule({ imports: [AppModule.for(settings)] });
  builder.overrideProvider(FreezeWatch).useValue(new UnnoticedFreezes());
  for (const { token, value } of replace) builder.overrideProvider(token).useValue(value);
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  setUp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await app.close();
      if (!kept) await database.drop();
    },
  };
}
