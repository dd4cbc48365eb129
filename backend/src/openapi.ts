import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { setUp } from './app.setup';
import { loadSettings } from './config';
import { openApiDocument } from './openapi-document';

/** Writes the OpenAPI document. The settings of this machine play no part in it, and no real data is touched. */
async function write(target: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-openapi-'));
  try {
    const settings = loadSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    const app = await NestFactory.create<NestExpressApplication>(AppModule.for(settings), {
      logger: false,
      abortOnError: false,
      bodyParser: false,
    });
    setUp(app);
    writeFileSync(target, `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
    await app.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const target = process.argv[2];
if (!target) {
  process.stderr.write('Name the file to write: openapi.js <path>\n');
  process.exit(1);
}
write(target).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
