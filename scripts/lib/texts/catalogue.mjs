import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../checkout.mjs';

const FOLDER = at('frontend/src/texts');
/** The language every text is written in first. */
const FIRST = 'en';

/** @typedef {string | Record<string, string>} Text one sentence, or its forms by the plural rules of the language */
/** @typedef {Map<string, Text>} Catalogue texts by key */

/** @returns {Map<string, Catalogue>} by language */
export function readCatalogues() {
  const languages = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(languages.map(({ name }) => [name, readCatalogue(name)]));
}

/** @param {string} language @returns {Catalogue} */
function readCatalogue(language) {
  const files = readdirSync(join(FOLDER, language));
  return new Map(
    files.flatMap((file) => Object.entries(JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8')))),
  );
}

/** @param {Map<string, Catalogue>} catalogues @returns {Set<string>} the names that keys begin with */
export const areasOf = (catalogues) =>
  new Set([...(catalogues.get(FIRST)?.keys() ?? [])].map((key) => key.split('.')[0]));

/** @param {Map<string, Catalogue>} catalogues @returns {string[]} what is missing, too much, or not the same */
export function catalogueProblems(catalogues) {
  const first = catalogues.get(FIRST) ?? new Map();
  const problems = [];
  for (const [language, texts] of catalogues) {
    for (const key of first.keys()) if (!texts.has(key)) problems.push(`${language}: ${key} is missing`);
    for (const [key, text] of texts) {
      const model = first.get(key);
      if (model === undefined) problems.push(`${language}: ${key} is not there in ${FIRST}`);
      else problems.push(...textProblems(language, key, text, model));
    }
  }
  return [...problems, ...misplaced()];
}

/** @param {string} language @param {string} key @param {Text} text @param {Text} model */
function textProblems(language, key, text, model) {
  const problems = [];
  if (typeof text !== typeof model) problems.push('has plural forms in one language only');
  if (placesOf(text) !== placesOf(model)) problems.push(`names ${placesOf(text) || 'nothing'}, not ${placesOf(model)}`);
  if (sentencesOf(text).some((sentence) => sentence.trim() === '')) problems.push('is empty');
  if (typeof text === 'object') {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    if (!sameNames(wanted, Object.keys(text))) problems.push(`must have the forms ${wanted.join(', ')}`);
  }
  return problems.map((problem) => `${language}: ${key} ${problem}`);
}

/** @param {Text} text */
const sentencesOf = (text) => (typeof text === 'string' ? [text] : Object.values(text));

/** @param {Text} text @returns {string} the names of its places, in order of the alphabet */
function placesOf(text) {
  const names = sentencesOf(text).flatMap((sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  return [...new Set(names)].toSorted().join(', ');
}

/** @param {string[]} some @param {string[]} others */
const sameNames = (some, others) => some.toSorted().join() === others.toSorted().join();

/** Keys begin with the name of their file, so that whoever reads a key knows where the text stands. */
function misplaced() {
  const problems = [];
  for (const language of readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const file of readdirSync(join(FOLDER, language.name)))
      for (const key of Object.keys(JSON.parse(readFileSync(join(FOLDER, language.name, file), 'utf8'))))
        if (`${key.split('.')[0]}.json` !== file)
          problems.push(`${language.name}/${file}: ${key} belongs to another file`);
  return problems;
}
