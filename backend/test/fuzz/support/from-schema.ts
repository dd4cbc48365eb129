import fc, { type Arbitrary } from 'fast-check';
import { aHostileText, aHostileValue, HOSTILE_FIELDS } from './hostile';

/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

type Fields = Record<string, unknown>;

const LONGEST_BY_CHANCE = 40;
const MOST_ITEMS = 4;

/** Draws values that a schema describes, and values that it nearly describes. */
export class Values {
  constructor(private readonly schemas: Record<string, Schema>) {}

  /** What the schema allows; the server may still refuse it. */
  like(schema: Schema): Arbitrary<unknown> {
    const { $ref, anyOf, oneOf = anyOf, allOf, type } = schema;
    if ($ref) return this.like(this.schemas[$ref.split('/').at(-1) ?? '']);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (oneOf) return fc.oneof(...oneOf.map((one) => this.like(one)));
    if (allOf)
      return fc.tuple(...allOf.map((one) => this.like(one))).map((parts) => Object.assign({}, ...parts) as unknown);
    if (Array.isArray(type)) return fc.oneof(...type.map((one) => this.like({ ...schema, type: one })));
    return this.ofType(schema);
  }

  /** The same with one place spoiled, one field too many or too few, or something else altogether. */
  unlike(schema: Schema): Arbitrary<unknown> {
    const spoiled = fc
      .tuple(this.like(schema), fc.nat(), aHostileValue())
      .map(([value, place, hostile]) => spoil(value, place, hostile));
    return fc.oneof(
      { weight: 5, arbitrary: spoiled },
      { weight: 1, arbitrary: fc.tuple(this.like(schema), fc.nat()).map(([value, place]) => without(value, place)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(this.like(schema), fc.constantFrom(...HOSTILE_FIELDS), aHostileValue())
          .map(([value, name, more]) => withField(value, name, more)),
      },
      { weight: 1, arbitrary: aHostileValue() },
    );
  }

  private ofType(schema: Schema): Arbitrary<unknown> {
    const { type, minimum = -10, maximum = 1_000_000, items = {}, maxItems = MOST_ITEMS } = schema;
    if (type === 'string') return textOf(schema);
    if (type === 'number' || type === 'integer') return fc.integer({ min: minimum, max: maximum });
    if (type === 'boolean') return fc.boolean();
    if (type === 'null') return fc.constant(null);
    if (type === 'array')
      return fc.array(this.like(items), { minLength: schema.minItems, maxLength: Math.min(maxItems, MOST_ITEMS) });
    if (type === 'object') return this.ofFields(schema);
    return aHostileValue();
  }

  private ofFields({ properties = {}, required = [] }: Schema): Arbitrary<unknown> {
    const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.like(schema)]));
    return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  }
}

function textOf({ format, minLength = 0, maxLength = LONGEST_BY_CHANCE }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'idn-email') return fc.uuid().map((name) => `${name}@example.com`);
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString());
  const byChance = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, LONGEST_BY_CHANCE) });
  const atTheLimit = fc.constantFrom(maxLength, maxLength + 1).map((length) => 'y'.repeat(length));
  return fc.oneof({ weight: 6, arbitrary: byChance }, { weight: 2, arbitrary: aHostileText() }, atTheLimit);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces one place of the value, however deep. */
function spoil(value: unknown, place: number, hostile: unknown): unknown {
  if (!isFields(value) && !Array.isArray(value)) return hostile;
  const names = Object.keys(value);
  if (!names.length) return hostile;
  const name = names[place % names.length];
  const inner = spoil((value as Fields)[name], Math.floor(place / names.length), hostile);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === name ? inner : item));
  return withField(value, name, inner);
}

function without(value: unknown, place: number): unknown {
  if (!isFields(value)) return value;
  const names = Object.keys(value);
  return Object.fromEntries(
    names.filter((_, index) => index !== place % names.length).map((name) => [name, value[name]]),
  );
}

/** Even where the name means something to the language. */
function withField(value: unknown, name: string, more: unknown): unknown {
  return isFields(value) ? Object.fromEntries([...Object.entries(value), [name, more]]) : value;
}
