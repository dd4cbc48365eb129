import { at } from '../lib/checkout.mjs';
import { exitWith } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { show } from '../lib/process.mjs';

/**
 * `npm run cli -- <command>`: administration of a server's data from the command line.
 *
 * @param {string[]} args
 */
export const run = (args) =>
  exitWith(async () => {
    await prepare(['backend']);
    const { code } = await show(process.execPath, [at('dist/backend/cli.js'), ...args], { stdin: 'inherit' });
    return code;
  });
