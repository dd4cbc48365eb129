import { chaosArgs } from '../lib/chaos.mjs';
import { exitWith } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';
import { show } from '../lib/process.mjs';
import { productEnvironment } from '../lib/settings-names.mjs';

/** `npm run test:chaos`: rounds in which everything goes wrong, each judged by the checker. */
export const run = (args) =>
  exitWith(async () => {
    await prepare(['backend']);
    const { code } = await show(process.execPath, chaosArgs(args), { env: productEnvironment() });
    return code;
  });
