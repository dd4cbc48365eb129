import { ALL_PARTS } from '../lib/build.mjs';
import { exitWith } from '../lib/failure.mjs';
import { supportNotice } from '../lib/node-version.mjs';
import { prepare } from '../lib/prepare.mjs';
import { serve } from '../lib/server.mjs';

/** `npm start`: installs, builds, and serves in the foreground until it is told to stop. */
export const run = () =>
  exitWith(async () => {
    const notice = supportNotice(process.version, new Date());
    if (notice) console.log(notice);
    await prepare(ALL_PARTS);
    return serve('dist/backend/main.js');
  });
