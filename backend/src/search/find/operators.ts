import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../../tickets';

const NAMES = ['status', 'priority', 'from', 'assignee', 'tag', 'category', 'before', 'after'] as const;
export type OperatorName = (typeof NAMES)[number];

export interface Operator {
  name: OperatorName;
  value: string;
}

/** A search as it was typed, taken apart into operators, a ticket number and the text that is left. */
export interface TypedSearch {
  operators: Operator[];
  number: number | null;
  text: string;
}

const OPERATOR = new RegExp(`(?<=^|\\s)(${NAMES.join('|')}):(?:"([^"]*)"?|(\\S*))`, 'giu');
const NUMBER = /(?<=^|\s)#(\d{1,9})(?=\s|$)/u;
const DAY = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** Operators without a value, as while one is typed, ask for nothing. */
export function typedSearch(text: string): TypedSearch {
  const operators: Operator[] = [];
  const rest = text.replace(OPERATOR, (_all, name: string, quoted: string | undefined, plain: string | undefined) => {
    const value = (quoted ?? plain ?? '').trim();
    if (value) operators.push({ name: name.toLowerCase() as OperatorName, value });
    return ' ';
  });
  const number = NUMBER.exec(rest)?.[1];
  return {
    operators,
    number: number === undefined ? null : Number(number),
    text: number === undefined ? rest : rest.replace(NUMBER, ' '),
  };
}

const wordOf = (value: string): string => value.toLowerCase().replace(/[\s-]+/g, '_');

/** The statuses or priorities that a comma list names; unknown ones are left out, so that none finds nothing. */
export const statusesIn = (value: string): TicketStatus[] => named(TICKET_STATUSES, value);
export const prioritiesIn = (value: string): TicketPriority[] => named(TICKET_PRIORITIES, value);

const named = <Name extends string>(names: readonly Name[], value: string): Name[] => {
  const wanted = value.split(',').map((part) => wordOf(part.trim()));
  return names.filter((name) => wanted.includes(name));
};

/** The first moment of a day, month or year in UTC; null when it is none. */
export function dayOf(value: string): Date | null {
  const [, year, month = '1', day = '1'] = DAY.exec(value) ?? [];
  if (year === undefined) return null;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return moment.getUTCMonth() === Number(month) - 1 && moment.getUTCDate() === Number(day) ? moment : null;
}
