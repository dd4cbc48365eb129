import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { setUp } from './app.setup';
import { loadSettings, type Settings } from './config';
import { prepareFirstStart } from './first-start';
import { accountsTable, Readiness, type DemoAccount } from './operations';
import { sentenceFor } from './start-failure';

const DRAIN_MS = 15_000;

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = loadSettings();
  const stopTracing = settings.tracesTo ? (await import('./tracing.js')).startTracing(settings.tracesTo) : undefined;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(settings), {
    // A failed start is told in one sentence below; the framework would add pages.
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  setUp(app);
  await app.init();
  const demoAccounts = await prepareFirstStart(app);
  await app.listen(settings.port, settings.host);
  stopOnSignals(async () => {
    await app.get(Readiness, { strict: false }).drain();
    await app.close();
    await stopTracing?.();
  });
  greet(settings, demoAccounts);
}

function greet(settings: Settings, demoAccounts: readonly DemoAccount[]): void {
  process.stdout.write(`\nParley is ready at ${settings.publicUrl}\n`);
  if (demoAccounts.length)
    process.stdout.write(
      `\nSample people, also kept in ${join(settings.dataDir, 'demo-accounts.json')}:\n\n${accountsTable(demoAccounts)}\n\n`,
    );
}

/** The first signal finishes what is under way, a second one ends at once. */
function stopOnSignals(close: () => Promise<void>): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceFor(error) ?? (error as Error).stack ?? String(error)}\n`);
  process.exit(1);
});
