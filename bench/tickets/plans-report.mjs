/** Prints the plans of lists as a page of the documentation. */

const HEAD = `# Query plans of the lists

How each database finds a page of 25 tickets, written by

\`\`\`sh
npm run --silent bench -- tickets --explain --database <place> [--compare <place>] > docs/query-plans.md
\`\`\`

on desks filled by \`volume:load\`. What is shown beside the tickets of a page (people, category, read mark) is joined by
its key and left out here. \`<derived…>\` is the page, or a piece of it for one of several values: at most 26 rows each,
or 26 of a small set. \`Rows\` is what MariaDB expects a condition to find; where the index is in the order of the list,
reading ends with the page.`;

export function printPlans(databases) {
  console.log(HEAD);
  for (const { about, url, plans } of databases) {
    console.log(`\n## ${about}\n`);
    if (url) printOfServer(plans);
    else printOfEmbedded(plans);
  }
}

const BESIDE = new Set(['requester', 'assignee', 'last', 'publicLast', 'category', 'reading']);

function printOfServer(plans) {
  print(
    ['List', 'Table', 'Type', 'Key', 'Key length', 'Rows', 'Extra'],
    plans.flatMap(({ list, steps }) =>
      steps
        .filter(({ table }) => !BESIDE.has(table))
        .map(({ table, type, key, key_len: length, rows, Extra }, index) => [
          index ? '' : list,
          ...[table, type, key, length, rows, Extra].map((value) => value ?? ''),
        ]),
    ),
  );
}

function printOfEmbedded(plans) {
  const isBeside = (step) => BESIDE.has(/^SEARCH (\w+)/.exec(step)?.[1]);
  print(
    ['List', 'Steps'],
    plans.map(({ list, steps }) => [list, steps.filter((step) => !isBeside(step)).join('; ')]),
  );
}

function print(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((value) => String(value).replaceAll('|', '\\|')));
  const widths = head.map((_name, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((value, column) => value.padEnd(widths[column])).join(' | ')} |`;
  console.log(line(cells[0]));
  console.log(`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  for (const row of cells.slice(1)) console.log(line(row));
}
