import { signal } from '@angular/core';

import { FIRST_WORDS } from './first-words';
import { Language, directionOf, regionalForm } from './languages';
import { TextFile } from './text-file';

interface Catalogue {
  readonly language: Language;
  readonly words: TextFile;
}

const current = signal<Catalogue>({ language: 'en', words: FIRST_WORDS.en });

/**
 * The words of the page in the language it speaks. There is one for the whole page, as there is one `<html lang>`, so
 * that plain functions can say things as well as components; whoever reads it in a template follows every change.
 */
export const catalogue = current.asReadonly();

/** The language of the page at this moment. */
export const language = (): Language => current().language;

/** The language and country for dates, numbers and lists. */
export const locale = (): string => regionalForm(language(), navigator.languages);

/** From now on the page speaks with these words. */
export function show(language: Language, words: TextFile): void {
  current.set({ language, words });
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
