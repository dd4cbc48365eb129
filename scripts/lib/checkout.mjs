import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout; every command works there, wherever it was called from. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * @param {...string} segments
 * @returns {string} an absolute path inside the checkout
 */
export const at = (...segments) => join(ROOT, ...segments);

/** Loads installed packages; use it only after the installation was ensured. */
export const requireInstalled = createRequire(at('package.json'));

/** The programs behind the commands, run by path: no search, no download, no shell. */
export const TOOLS = {
  depcruise: at('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
  eslint: at('node_modules/eslint/bin/eslint.js'),
  jest: at('node_modules/jest/bin/jest.js'),
  knip: at('node_modules/knip/bin/knip.js'),
  nest: at('node_modules/@nestjs/cli/bin/nest.js'),
  ng: at('node_modules/@angular/cli/bin/ng.js'),
  ngc: at('node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js'),
  openapiTypescript: at('node_modules/openapi-typescript/bin/cli.js'),
  playwright: at('node_modules/@playwright/test/cli.js'),
  prettier: at('node_modules/prettier/bin/prettier.cjs'),
  tsc: at('node_modules/typescript/bin/tsc'),
};
