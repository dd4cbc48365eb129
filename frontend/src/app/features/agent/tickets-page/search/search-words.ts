import {
  PRIORITY_WORDS,
  STATUS_WORDS,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
} from '../../../../domain/tickets/ticket-words';

/** Something that can stand in the search field next. */
export interface Offer {
  /** What the field holds once it is taken. */
  readonly q: string;
  /** What is shown of it. */
  readonly words: string;
  readonly hint: string;
  /** It is not finished: what comes next is offered then. */
  readonly goesOn: boolean;
}

export interface OfferGroup {
  readonly title: string;
  readonly offers: readonly Offer[];
}

/** What the desk has, to choose from. */
export interface KnownNames {
  readonly agents: readonly string[];
  readonly categories: readonly string[];
  readonly tags: readonly string[];
}

interface Value {
  readonly value: string;
  readonly hint: string;
}

interface Operator {
  readonly name: string;
  readonly hint: string;
  readonly values: (known: KnownNames) => readonly Value[];
}

const MOST_VALUES = 8;
const plain = (names: readonly string[]): Value[] => names.map((value) => ({ value, hint: '' }));

const OPERATORS: readonly Operator[] = [
  {
    name: 'status',
    hint: 'how it stands',
    values: () => TICKET_STATUSES.map((value) => ({ value, hint: STATUS_WORDS[value] })),
  },
  {
    name: 'priority',
    hint: 'how urgent it is',
    values: () => TICKET_PRIORITIES.map((value) => ({ value, hint: PRIORITY_WORDS[value] })),
  },
  { name: 'from', hint: 'the customer, by name or address', values: () => [] },
  {
    name: 'assignee',
    hint: 'who has it',
    values: ({ agents }) => [
      { value: 'me', hint: 'You' },
      { value: 'none', hint: 'Nobody' },
      { value: 'absent', hint: 'Somebody who is offline' },
      ...plain(agents),
    ],
  },
  { name: 'tag', hint: 'a tag', values: ({ tags }) => plain(tags) },
  { name: 'category', hint: 'a category', values: ({ categories }) => plain(categories) },
  { name: 'before', hint: 'opened before 2026-10-01', values: () => [] },
  { name: 'after', hint: 'opened since 2026-10-01', values: () => [] },
];

const OTHER_WAYS: readonly Offer[] = [
  { q: '"', words: '"printer is offline"', hint: 'exactly these words', goesOn: true },
  { q: '#', words: '#1042', hint: 'a number; Enter opens it', goesOn: true },
];

/** The number of the one ticket that is meant, if it is. */
export function numberIn(q: string): number | null {
  const digits = /^#?([1-9]\d{0,8})$/.exec(q.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What is to be searched for while it is typed: an operator whose value is not finished is left out. */
export function searchIn(q: string): string {
  const { before, name, value } = lastWordOf(q);
  const operator = OPERATORS.find((each) => each.name === name);
  return (operator && !isFinished(operator, value) ? before : q).trim();
}

const DAY = /^\d{4}(-\d{1,2}(-\d{1,2})?)?$/;
const NAMES: Readonly<Record<string, readonly string[]>> = { status: TICKET_STATUSES, priority: TICKET_PRIORITIES };

function isFinished({ name }: Operator, value: string): boolean {
  if (name === 'before' || name === 'after') return DAY.test(value);
  const names = NAMES[name];
  return names ? value.split(',').every((part) => names.includes(part.toLowerCase())) : value !== '';
}

/** The value that is being typed, to look it up. */
export function beganWith(q: string, operator: string): string | null {
  const { name, value } = lastWordOf(q);
  return name === operator ? value : null;
}

/** What can be typed next: recent searches and all operators in an empty field, else what the last word begins. */
export function offersFor(q: string, recent: readonly string[], known: KnownNames): OfferGroup[] {
  if (q.trim() === '') return filled([recentGroup(recent), { title: 'Narrow it down', offers: allOperators() }]);
  const last = lastWordOf(q);
  const operator = OPERATORS.find(({ name }) => name === last.name);
  if (operator) return filled([{ title: operator.hint, offers: valuesOf(operator, last, known) }]);
  if (last.name !== null || last.value === '') return [];
  const begun = OPERATORS.filter(({ name }) => name.startsWith(last.value.toLowerCase()));
  return filled([{ title: 'Narrow it down', offers: begun.map((each) => offerOf(each, last.before)) }]);
}

interface LastWord {
  /** What stands before it in the field. */
  readonly before: string;
  /** Of the operator; null for a bare word. */
  readonly name: string | null;
  readonly value: string;
}

function lastWordOf(q: string): LastWord {
  const [, before = '', name, value = ''] = /^(.*?)(?:([a-z]+):)?("[^"]*|[^\s:"]*)$/is.exec(q) ?? [];
  return { before, name: name?.toLowerCase() ?? null, value: value.replace(/^"/, '') };
}

const allOperators = (): Offer[] => [...OPERATORS.map((operator) => offerOf(operator, '')), ...OTHER_WAYS];

const offerOf = ({ name, hint }: Operator, before: string): Offer => ({
  q: `${before}${name}:`,
  words: `${name}:`,
  hint,
  goesOn: true,
});

function valuesOf({ name, values }: Operator, { before, value }: LastWord, known: KnownNames): Offer[] {
  const wanted = value.toLocaleLowerCase();
  return values(known)
    .filter((each) => `${each.value}\n${each.hint}`.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_VALUES)
    .map((each) => {
      const words = `${name}:${/\s/.test(each.value) ? `"${each.value}"` : each.value}`;
      return { q: `${before}${words} `, words, hint: each.hint, goesOn: false };
    });
}

const recentGroup = (recent: readonly string[]): OfferGroup => ({
  title: 'Recent searches',
  offers: recent.map((q) => ({ q, words: q, hint: '', goesOn: false })),
});

const filled = (groups: readonly OfferGroup[]): OfferGroup[] => groups.filter(({ offers }) => offers.length > 0);
