import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
import('./commands/icons.mjs').then((command) => command.run());
