/**
 * Measurements of the product, by name:
 *
 *   npm run bench -- delivery [--help]
 *   npm run bench -- tickets --database <url> [--help]
 *   npm run bench -- start-time [port]
 *   npm run bench -- script-size
 */
const NAMES = ['delivery', 'tickets', 'start-time', 'script-size'];

const [name] = process.argv.splice(2, 1);
if (!NAMES.includes(name)) {
  console.error(`Usage: npm run bench -- <${NAMES.join(' | ')}>`);
  process.exit(1);
}
await import(`./${name}.mjs`);
