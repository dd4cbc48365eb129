import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
import('./commands/emoji-names.mjs').then((command) => command.run());
