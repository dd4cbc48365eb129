import { at } from './checkout.mjs';

/**
 * Arguments for Node that play rounds of chaos. They need the built backend.
 *
 * @param {string[]} args
 */
export const chaosArgs = (args) => ['--require', at('e2e/chaos/typescript.cjs'), at('e2e/chaos/main.ts'), ...args];
