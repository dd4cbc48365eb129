import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule } from './app.module';
import type { Clock } from './common';
import type { Settings } from './config';
import { DemoService, StoryClock, type DemoAccount } from './operations';

/** Runs `work` with all services of the product, but without routes and sockets. */
export async function inBackground<Result>(
  settings: Settings,
  work: (app: INestApplicationContext) => Promise<Result>,
  clock?: Clock,
): Promise<Result> {
  const app = await NestFactory.createApplicationContext(AppModule.for(settings, clock), {
    logger: ['fatal', 'error'],
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The stories of the demo happened in the last days, so they are told by an application with a clock of its own. */
export function loadDemo(settings: Settings): Promise<DemoAccount[]> {
  const clock = new StoryClock();
  return inBackground(settings, (app) => app.get(DemoService, { strict: false }).load(clock), clock);
}
