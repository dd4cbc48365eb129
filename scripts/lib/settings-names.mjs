import { readFileSync } from 'node:fs';
import { at } from './checkout.mjs';

/**
 * @param {string} text of `.env.example`, where every setting stands as `# NAME=` or `NAME=`
 * @returns {string[]}
 */
export const namesIn = (text) => [...text.matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);

/** The names of all settings of the product. */
export const settingNames = () => namesIn(readFileSync(at('.env.example'), 'utf8'));

/**
 * The environment without the product's settings, so that what a developer has set for the server does not reach tests
 * and generators.
 *
 * @param {NodeJS.ProcessEnv} [own] what the program is to get instead
 */
export function productEnvironment(own = {}) {
  const names = new Set(settingNames());
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.has(name)));
  return { ...rest, ...own };
}
