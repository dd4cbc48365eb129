export interface Emoji {
  readonly emoji: string;
  /** As they are written between colons. */
  readonly names: readonly string[];
}

export const emojiOf = (lines: string): readonly Emoji[] =>
  lines.split('\n').map((line) => {
    const [emoji = '', ...names] = line.split(' ');
    return { emoji, names };
  });

export interface FoundEmoji {
  readonly emoji: string;
  /** The name that was found, not always the first one. */
  readonly name: string;
}

/** Those whose name is the word, then those that begin with it, then those with a part that does. */
export function searchEmoji(all: readonly Emoji[], term: string, most: number): readonly FoundEmoji[] {
  const wanted = term.toLowerCase().replaceAll('-', '_');
  const fits = [
    (name: string) => name === wanted,
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(`_${wanted}`),
  ];
  const found = new Map<string, string>();
  for (const isMeant of fits)
    for (const { emoji, names } of all) {
      const name = names.find(isMeant);
      if (name !== undefined && !found.has(emoji)) found.set(emoji, name);
    }
  return [...found].slice(0, most).map(([emoji, name]) => ({ emoji, name }));
}
