/** What the forms of a counted text are called: `one`, `other`, and more in other languages. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
/** The words of a file by their keys. */
export type TextFile = Readonly<Record<string, string | Forms>>;

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Reads a file of texts. The builder names it relative to the scripts, which lie at the root, and not to the page, whose
 * address is deeper. A network that fails for a moment does not count. Rejects when there is nothing to be had.
 */
export async function readTextFile(address: string): Promise<TextFile> {
  for (let tried = 1; ; tried++) {
    try {
      const answer = await fetch(new URL(address, window.location.origin));
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      return (await answer.json()) as TextFile;
    } catch (error) {
      if (tried === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
