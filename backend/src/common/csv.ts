/** What makes spreadsheets take a cell for a formula, in every width; TAB and CR are dropped before they look. */
const STARTS_FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** One cell (RFC 4180): quoted where needed, and never a formula. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const harmless = STARTS_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One line of a CSV file, with its end. */
export const csvLine = (values: readonly (string | number | null)[]): string => `${values.map(cell).join(',')}\r\n`;
