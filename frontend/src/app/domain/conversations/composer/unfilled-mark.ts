/** What is still to be filled in: words in `{{…}}`. Inside of `code` it is meant as it stands, and so is a formula. */
const CODE_OR_MARK = /`[^`\n]*`|\{\{[\p{L}\p{N}\p{M} ._-]{1,60}\}\}/gu;

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
