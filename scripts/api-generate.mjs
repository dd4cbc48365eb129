import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
import('./commands/api-generate.mjs').then((command) => command.run());
