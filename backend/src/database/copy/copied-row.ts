/** What a column holds, whichever engine keeps it. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'time' | 'bytes';

export interface CopiedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A table as far as a copy of its rows needs to know it. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly CopiedColumn[];
  /** The primary key: rows are read in its order. */
  readonly key: readonly string[];
  /** The number that the database gives next, where it gives them: what was given once is never given again. */
  readonly next?: number;
}

/** JSON; bytes as Base64, times as both engines spell them, whole numbers that JSON cannot hold as their digits. */
export type CopiedValue = string | number | null;
export type CopiedRow = readonly CopiedValue[];

/** What the drivers of both engines take and give. */
export type StoredValue = string | number | bigint | Buffer | null;

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(var)?char|text$/, 'text'],
  [/int(eger)?$|^bool(ean)?$/, 'integer'],
  [/^(double|float|real)/, 'number'],
  [/^datetime/, 'time'],
  [/blob$|^(var)?binary/, 'bytes'],
];

/** Of a type as either engine declares it. A type that no copy knows must not be lost in silence. */
export function kindOf(declared: string): ColumnKind {
  const type = declared.toLowerCase().replace(/\(.*$/, '');
  const known = KINDS.find(([pattern]) => pattern.test(type));
  if (!known) throw new Error(`Columns of the type ${declared} cannot be copied.`);
  return known[1];
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/;

export function toCopied(kind: ColumnKind, value: StoredValue): CopiedValue {
  if (value === null) return null;
  switch (kind) {
    case 'text':
      return String(value);
    case 'integer':
      return wholeNumber(value);
    case 'number':
      return Number(value);
    case 'time':
      return moment(String(value));
    case 'bytes':
      return (value as Buffer).toString('base64');
  }
}

export function fromCopied(kind: ColumnKind, value: CopiedValue): StoredValue {
  if (value === null) return null;
  if (kind === 'bytes') return Buffer.from(String(value), 'base64');
  if (kind === 'integer') return typeof value === 'string' ? BigInt(value) : value;
  return value;
}

function wholeNumber(value: StoredValue): CopiedValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function moment(text: string): string {
  const [, day, time, fraction = ''] = MOMENT.exec(text) ?? [];
  if (!day) throw new Error(`${text} is not a moment.`);
  return `${day} ${time}.${fraction.padEnd(3, '0')}`;
}
