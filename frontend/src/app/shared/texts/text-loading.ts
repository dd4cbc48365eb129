import { language, show } from './catalogue';
import { FIRST_WORDS } from './first-words';
import { Language } from './languages';
import { TextFile, readTextFile } from './text-file';
import { TEXT_FILES, TextArea } from './text-files';

/** What every page may need is there before the first. */
const areas = new Set<TextArea>(['common', 'problems']);
const files = new Map<string, Promise<TextFile>>();
let wanted: Language = 'en';
/** How many areas are shown in the language of the page. */
let shown = 0;

/** The page speaks this language as soon as it has the words, and until then says what it can without them. */
export function beginWith(first: Language): Promise<void> {
  wanted = first;
  show(first, FIRST_WORDS[first]);
  return settle();
}

/** Resolves when the page has the words of these areas, in the language it is to speak by then. */
export async function loadTexts(...more: readonly TextArea[]): Promise<void> {
  for (const area of more) areas.add(area);
  await settle();
}

/** The page changes its language, all at once. Rejects, and stays as it is, when the words can not be had. */
export async function speak(chosen: Language): Promise<void> {
  wanted = chosen;
  try {
    await settle();
  } catch (error) {
    wanted = language();
    throw error;
  }
}

/** A part of the client together with the words it needs, for the routes. */
export function withTexts<Part>(load: () => Promise<Part>, ...needed: readonly TextArea[]): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), loadTexts(...needed)]);
    return part;
  };
}

/** What is wanted may change while files are on their way: only what is still right is shown. */
async function settle(): Promise<void> {
  const chosen = wanted;
  const parts = [...areas];
  if (chosen === language() && parts.length === shown) return;
  const words = await Promise.all(parts.map((area) => fileOf(chosen, area)));
  if (chosen !== wanted) return settle();
  if (chosen === language() && parts.length <= shown) return;
  shown = parts.length;
  show(chosen, Object.assign({}, FIRST_WORDS[chosen], ...words) as TextFile);
}

function fileOf(chosen: Language, area: TextArea): Promise<TextFile> {
  const address = TEXT_FILES[chosen][area] as unknown as string;
  const known = files.get(address);
  if (known) return known;
  const reading = readTextFile(address);
  files.set(address, reading);
  reading.catch(() => files.delete(address));
  return reading;
}
