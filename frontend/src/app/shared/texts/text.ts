import { catalogue, locale } from './catalogue';
import { loadTexts } from './text-loading';
import { Forms } from './text-file';
import { TextArea, TextKey } from './text-files';

/** What stands in a text at `{name}`. `count` also chooses its form and is written as the language writes numbers. */
export type TextValues = Readonly<Record<string, string | number>>;

/**
 * The text in the language of the page. Templates call it as a member of the component; a change of language draws them
 * anew. A text whose area is not loaded is empty until it is: routes load what their pages say (`withTexts`).
 */
export function t(key: TextKey, values: TextValues = {}): string {
  const text = catalogue().words[key];
  if (text === undefined) {
    void loadTexts(key.slice(0, key.indexOf('.')) as TextArea).catch(() => undefined);
    return '';
  }
  return filled(typeof text === 'string' ? text : formFor(text, Number(values['count'])), values);
}

/** The text if there is one under a name that only the server knows. */
export function textIfKnown(key: string, values?: TextValues): string | null {
  return key in catalogue().words ? t(key as TextKey, values) : null;
}

/** The text before and after the place of `{name}`, for what is more than text: a link, a key, a name in bold. */
export function around(key: TextKey, name: string, values?: TextValues): readonly [string, string] {
  const [before = '', after = ''] = t(key, values).split(`{${name}}`);
  return [before, after];
}

/** A table of texts by name, each read in the language of the moment, so that the table can stand beside the code. */
export function worded<Name extends string>(keys: Readonly<Record<Name, TextKey>>): Readonly<Record<Name, string>> {
  const table = {} as Record<Name, string>;
  for (const name of Object.keys(keys) as Name[])
    Object.defineProperty(table, name, { enumerable: true, get: () => t(keys[name]) });
  return table;
}

/** "Ana", "Ana and Ben", "Ana, Ben and Cora". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale()).format(names);
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

function formFor(forms: Forms, count: number): string {
  return forms[new Intl.PluralRules(locale()).select(count)] ?? forms.other ?? '';
}

function filled(text: string, values: TextValues): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return name === 'count' ? numberText(Number(value)) : String(value);
  });
}
