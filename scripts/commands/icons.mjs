import { readFile } from 'node:fs/promises';
import { at } from '../lib/checkout.mjs';
import { exitWith } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';

const SOURCE = 'frontend/public/icons/icon.svg';
const RADIUS = /(<rect [^>]*?) rx="\d+"/;
/** Systems cut a maskable icon to a shape of their own, at most to a circle of four fifths of its width. */
const SAFE_PART = 0.72;

/** `npm run icons`: the pictures that systems show for the installed product, from its one drawing. */
export const run = () =>
  exitWith(async () => {
    await prepare([]);
    const drawing = await readFile(at(SOURCE), 'utf8');
    await write(drawing, 192, 'icons/icon-192.png');
    await write(drawing, 512, 'icons/icon-512.png');
    await write(maskable(drawing), 512, 'icons/maskable-512.png');
    await write(square(drawing), 180, 'icons/apple-touch-icon.png');
    return 0;
  });

/** Without round corners: whoever shows it rounds them. */
const square = (drawing) => drawing.replace(RADIUS, '$1');

/** The ground reaches all edges; what is drawn on it stays in the safe part. */
function maskable(drawing) {
  const shift = (32 * (1 - SAFE_PART)) / 2;
  return square(drawing)
    .replace(/(<rect [^>]*>)/, `$1<g transform="translate(${shift} ${shift}) scale(${SAFE_PART})">`)
    .replace('</svg>', '</g></svg>');
}

async function write(drawing, size, name) {
  const { default: sharp } = await import('sharp');
  const picture = sharp(Buffer.from(drawing), { density: (72 * size) / 32 }).resize(size, size);
  await picture.png({ palette: true, effort: 10 }).toFile(at(`frontend/public/${name}`));
  console.log(`Wrote frontend/public/${name}.`);
}
