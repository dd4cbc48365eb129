export interface PastedPerson {
  readonly email: string;
  readonly name: string;
}

export interface PastedLine {
  /** As it stands in the text, from 1. */
  readonly line: number;
  readonly text: string;
  /** Null where no address was found, or one that came before. */
  readonly person: PastedPerson | null;
  readonly trouble: string | null;
}

const ADDRESS = /[^\s<>,;"']+@[^\s<>,;"']+/;
const MOST_CHARACTERS = 100;

/**
 * People out of a pasted list: `Ana Silva <ana@example.com>`, an address alone, or cells in any order between commas,
 * semicolons or tabs, as spreadsheets give them; several addresses on one line are several people. A line of names of
 * columns at the top is left out. Whoever has no name is called as the address begins.
 */
export function pastedPeople(text: string): PastedLine[] {
  const seen = new Set<string>();
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (!line.trim() || (index === 0 && isHeader(line))) return [];
    return entriesOf(line).map((entry): PastedLine => {
      const shown = { line: index + 1, text: entry.trim() };
      const person = personOf(entry);
      if (!person) return { ...shown, person: null, trouble: 'There is no e-mail address.' };
      const key = person.email.toLowerCase();
      if (seen.has(key)) return { ...shown, person: null, trouble: 'The address is in the list already.' };
      seen.add(key);
      return { ...shown, person, trouble: null };
    });
  });
}

const isHeader = (line: string): boolean => !line.includes('@') && /e-?mail|address|adresse/i.test(line);

/** The line itself, or its parts where each of them has an address. */
function entriesOf(line: string): string[] {
  const parts = line.split(/[,;\t]/).filter((part) => part.trim());
  return parts.length > 1 && parts.every((part) => ADDRESS.test(part)) ? parts : [line];
}

function personOf(entry: string): PastedPerson | null {
  const [email] = ADDRESS.exec(entry) ?? [];
  if (!email) return null;
  const name = entry
    .replace(email, '')
    .replace(/["<>]/g, ' ')
    .split(/[,;\t]/)
    .map((cell) => cell.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .join(' ');
  return { email, name: (name || email.slice(0, email.indexOf('@'))).slice(0, MOST_CHARACTERS) };
}
