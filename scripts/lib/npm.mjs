import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to run npm without a shell: the npm that runs this script, or else the one beside this Node.
 *
 * @returns {{program: string, args: string[]}}
 */
export function npmCommand() {
  const beside = ['../lib/node_modules/npm/bin/npm-cli.js', 'node_modules/npm/bin/npm-cli.js'];
  const known = [process.env.npm_execpath, ...beside.map((path) => join(dirname(process.execPath), path))];
  const cli = known.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return cli ? { program: process.execPath, args: [cli] } : { program: 'npm', args: [] };
}

/** The environment npm gets: what must be compiled uses this Node's headers and all cores; no telemetry of packages. */
export function npmEnvironment() {
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node.h'));
  return {
    ...process.env,
    JOBS: process.env.JOBS ?? 'max',
    SCARF_ANALYTICS: 'false',
    NG_CLI_ANALYTICS: 'false',
    ...(hasHeaders && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {}),
  };
}
