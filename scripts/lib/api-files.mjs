import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, TOOLS } from './checkout.mjs';
import { mustRun } from './process.mjs';
import { productEnvironment } from './settings-names.mjs';

/** The two generated files that are committed. */
export const API_DOCUMENT = 'docs/api/openapi.json';
export const CLIENT_TYPES = 'frontend/src/app/core/api/schema.d.ts';

/**
 * @template T
 * @param {(folder: string) => Promise<T>} work gets an empty folder that is removed afterwards
 * @returns {Promise<T>}
 */
export async function inScratchFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the OpenAPI document of the built backend; needs no database and opens no port.
 *
 * @param {string} target
 */
export const writeApiDocument = (target) =>
  inScratchFolder((folder) => {
    const env = productEnvironment({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const sentence = 'The OpenAPI document could not be written.';
    return mustRun(sentence, process.execPath, [at('dist/backend/openapi.js'), target], env);
  });

/** @param {string} document @param {string} target */
export const writeClientTypes = (document, target) =>
  mustRun('The client types could not be written.', process.execPath, [
    TOOLS.openapiTypescript,
    document,
    '--output',
    target,
  ]);

/**
 * Compares the committed files with fresh ones.
 *
 * @returns {Promise<string[]>} the names of those that are stale
 */
export const staleApiFiles = () =>
  inScratchFolder(async (folder) => {
    const document = join(folder, 'openapi.json');
    const types = join(folder, 'schema.d.ts');
    await writeApiDocument(document);
    await writeClientTypes(document, types);
    const pairs = [
      [API_DOCUMENT, document],
      [CLIENT_TYPES, types],
    ];
    return pairs.filter(([name, fresh]) => contentOf(at(name)) !== contentOf(fresh)).map(([name]) => name);
  });

/** @param {string} path */
function contentOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
