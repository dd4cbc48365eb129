import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
import('./commands/test-faults.mjs').then((command) => command.run(process.argv.slice(2)));
