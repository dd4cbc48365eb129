/**
 * Says whether this Node can run the product. Written in the syntax of Node 12, so that an old Node can read it and
 * say what is wrong; nothing newer may be imported statically from here or from the files that import this one.
 */
import { readFileSync } from 'fs';

/** The month in which the support of a Node line ends or ended, as nodejs.org publishes it. */
const SUPPORT_ENDS = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30' };

/**
 * @param {string} version such as `v20.19.1`
 * @returns {number[]} major, minor and patch
 */
function parts(version) {
  return version
    .replace(/^[^0-9]*/, '')
    .split('-')[0]
    .split('.')
    .map(Number);
}

/**
 * @param {number[]} left
 * @param {number[]} right
 */
function isAtLeast(left, right) {
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] || 0) - (right[index] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * Understands the two forms that `engines` uses, `^1.2.3` and `>=1.2.3`, joined by `||`.
 *
 * @param {string} version
 * @param {string} range
 */
export function satisfies(version, range) {
  const actual = parts(version);
  return range.split('||').some((alternative) => {
    const wanted = parts(alternative);
    const sameLine = alternative.trim()[0] !== '^' || actual[0] === wanted[0];
    return sameLine && isAtLeast(actual, wanted);
  });
}

/**
 * @param {string} range
 * @returns {string} the range in words, such as `20.19 or later of line 20, or 24.11 or later`
 */
export function inWords(range) {
  return range
    .split('||')
    .map((alternative) => {
      const wanted = parts(alternative);
      const least = `${wanted[0]}.${wanted[1]}`;
      return alternative.trim()[0] === '^' ? `${least} or later of line ${wanted[0]}` : `${least} or later`;
    })
    .join(', or ');
}

/**
 * @param {string} version
 * @param {Date} today
 * @returns {string | undefined} one line when the support of this Node line has ended
 */
export function supportNotice(version, today) {
  const line = parts(version)[0];
  const end = SUPPORT_ENDS[line] || (line < 24 ? 'long ago' : undefined);
  if (!end || (end !== 'long ago' && today < new Date(`${end}T23:59:59Z`))) return undefined;
  const when = end === 'long ago' ? end : `on ${end}`;
  return `Node ${line} still runs Parley, but its support ended ${when}; Node 24 is the one to move to.`;
}

/** Ends the process with one sentence when this Node does not fit `engines` of package.json. */
export function requireSupportedNode() {
  const range = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).engines.node;
  if (satisfies(process.version, range)) return;
  console.error(
    `Parley needs Node ${inWords(range)}; this is ${process.version} (get a newer one from https://nodejs.org).`,
  );
  process.exit(1);
}
