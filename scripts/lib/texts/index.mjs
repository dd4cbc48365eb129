import { readFileSync } from 'node:fs';
import { at } from '../checkout.mjs';
import { areasOf, catalogueProblems, readCatalogues } from './catalogue.mjs';
import { readSources, useProblems } from './uses.mjs';

/** Files that still say some things in English only. A file that says nothing any more has to leave the list. */
const PENDING = at('frontend/src/texts/pending.json');

/** @returns {string | undefined} what is wrong with the texts of the client, and with those who say them */
export function textProblems() {
  const catalogues = readCatalogues();
  const sources = readSources();
  const keys = new Set(catalogues.get('en')?.keys());
  const problems = [
    ...catalogueProblems(catalogues),
    ...useProblems(sources, keys, areasOf(catalogues)),
    ...rawWords(sources),
  ];
  return problems.join('\n') || undefined;
}

/** @param {import('./uses.mjs').Source[]} sources */
function rawWords(sources) {
  const pending = new Set(JSON.parse(readFileSync(PENDING, 'utf8')));
  const problems = [];
  for (const { path, words } of sources) {
    const isPending = pending.delete(path);
    if (isPending && words.length === 0) problems.push(`${path} is done: take it off ${PENDING}`);
    if (!isPending) problems.push(...words.map((word) => `${path} says ${JSON.stringify(word)} in its own words`));
  }
  for (const path of pending) problems.push(`${path}, on the list of pending ones, does not exist`);
  return problems;
}
