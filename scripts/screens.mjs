import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
import('./commands/screens.mjs').then((command) => command.run(process.argv.slice(2)));
