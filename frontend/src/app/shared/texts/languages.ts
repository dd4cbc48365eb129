/** The languages whose texts are complete. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every language in its own words, so that whoever reads no other finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Of these tags, as browsers list them, the first that is spoken here; English where none is. */
export function firstSpoken(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = tag.split('-')[0]?.toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** The language as it is written in the person's own country, where their browser names one ("en-GB"). */
export function regionalForm(language: Language, tags: readonly string[]): string {
  return tags.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** Which way the script of a language runs; those from right to left are known before their texts exist. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return /^(?:ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
}
