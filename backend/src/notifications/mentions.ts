/** Somebody who can be mentioned. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

const PART_OF_A_WORD = /[\p{L}\p{N}]/u;

/**
 * The people whose names stand behind an @ in a text, however they are capitalised. The longest name counts: "@Ana Silva"
 * does not mean somebody called Ana. Namesakes are all meant, and an address like "ana@example.com" nobody.
 */
export function mentionedIn(text: string, people: readonly Named[]): string[] {
  const body = folded(text);
  const mentioned = new Set<string>();
  for (let at = body.indexOf('@'); at !== -1; at = body.indexOf('@', at + 1)) {
    if (at > 0 && PART_OF_A_WORD.test(body[at - 1])) continue;
    for (const { id } of namedAt(body, at + 1, people)) mentioned.add(id);
  }
  return [...mentioned];
}

function namedAt(body: string, start: number, people: readonly Named[]): Named[] {
  const named = people.filter(({ name }) => {
    const end = start + folded(name).length;
    return name !== '' && body.startsWith(folded(name), start) && !PART_OF_A_WORD.test(body.charAt(end));
  });
  const longest = Math.max(...named.map(({ name }) => folded(name).length));
  return named.filter(({ name }) => folded(name).length === longest);
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase();
