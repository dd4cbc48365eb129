/** The rows of one list, as they are found. */
export type Rows = AsyncGenerator<unknown>;

/** One JSON object in pieces: first what is known, at least one member, then each list row by row, so that none is held in memory whole. */
export async function* jsonDocument(
  known: Readonly<Record<string, unknown>>,
  lists: Readonly<Record<string, Rows>>,
): AsyncGenerator<string> {
  const members = Object.entries(known).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  yield `{\n${members.join(',\n')}`;
  for (const [name, rows] of Object.entries(lists)) {
    yield `,\n${JSON.stringify(name)}: [`;
    let separator = '\n';
    for await (const row of rows) {
      yield separator + JSON.stringify(row);
      separator = ',\n';
    }
    yield ']';
  }
  yield '\n}\n';
}
