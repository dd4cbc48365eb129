/**
 * Measurements of the product, by name:
 *
 *   npm run bench -- delivery [--help]
 *   npm run bench -- tickets --database <url> [--help]
 *   npm run bench -- uploads [--help]
 *   npm run bench -- mail [--help]
 *   npm run bench -- notices [--help]
 *   npm run bench -- sign-in [--help]
 *   npm run bench -- start-time [port]
 *   npm run bench -- script-size
 */
const NAMES = ['delivery', 'tickets', 'uploads', 'mail', 'notices', 'sign-in', 'start-time', 'script-size'];

const [name] = process.argv.splice(2, 1);
if (!NAMES.includes(name)) {
  console.error(`Usage: npm run bench -- <${NAMES.join(' | ')}>`);
  process.exit(1);
}
await import(`./${name}.mjs`);
