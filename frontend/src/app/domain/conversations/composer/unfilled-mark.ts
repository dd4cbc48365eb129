/** What is still to be filled in: `{{…}}`. Inside of `code` it is meant as it stands. */
const CODE_OR_MARK = /`[^`\n]*`|\{\{[^{}\n]{1,60}\}\}/g;

export interface UnfilledMark {
  readonly start: number;
  readonly text: string;
}

/** The first place that a canned reply left open; null when there is none. */
export function unfilledMark(text: string): UnfilledMark | null {
  for (const { 0: found, index } of text.matchAll(CODE_OR_MARK))
    if (!found.startsWith('`')) return { start: index, text: found };
  return null;
}
