import fc, { type Arbitrary } from 'fast-check';
import type { Operation, Parameter } from './described';
import type { Values } from './from-schema';
import { aHostileText, HOSTILE_TEXTS } from './hostile';
import type { WireRequest } from './wire';

/** Ids of things that exist, for the parameters of paths. */
export type KnownIds = Record<string, readonly string[]>;

type Headers = Record<string, string>;

const ODD_IDS = [
  ...['0', '-1', '1e3', '1.5', '+1', '0x3e9', '1001 ', '99999999999', '2147483648', "1'", '*', '%', '__proto__', 'NaN'],
  ...['null', 'constructor', '..', '.', '🙂', 'a b', '\0', 'x'.repeat(500), '00000000-0000-0000-0000-000000000000'],
];

/** Bytes that no text becomes: broken UTF-8, half of a pair, too long a form. */
const ODD_ESCAPES = ['%', '%zz', '%E0%A4%A', '%ED%A0%80', '%C0%AE', '%FF', '%00', '%0d%0aX-Evil:1', '%u0041'];

const ODD_HEADERS: [name: string, ...values: string[]][] = [
  ['if-match', '*', '""', '"1"', 'W/"1"', '"1", "2"', '1', '"99999999999999999999"', '"', 'x'.repeat(2_000), ',,,'],
  ['idempotency-key', 'x'.repeat(255), 'x'.repeat(256), '', ' ', 'a b', '\xe4\xf6', '__proto__', '"', "'; --"],
  [
    'range',
    'bytes=0-0',
    'bytes=-1',
    'bytes=99999999-',
    'bytes=0-1,2-3',
    'bytes=a-b',
    'lines=1-2',
    `bytes=${'0-1,'.repeat(500)}`,
  ],
  ['accept', '*/*', 'text/html', 'application/xml', 'a', 'a/b;q=2', ''],
  ['accept-language', 'de', '*', 'x'.repeat(500)],
  ['accept-encoding', 'gzip', 'br;q=1', 'identity;q=0', '*;q=0', 'klingon'],
  ['x-request-id', 'short', 'x'.repeat(100), '<script>alert(1)</script>', '../../x', 'good-request-id'],
  ['x-forwarded-for', '1.2.3.4', '::1', 'unknown', ', ,', "'; --", 'x'.repeat(3_000)],
  ['x-http-method-override', 'DELETE'],
  ['if-none-match', '*', '"1"'],
  ['if-modified-since', 'now', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  [
    'cookie',
    'parley_refresh=x',
    'parley_refresh=',
    '=',
    ';;;',
    'parley_refresh=j:{"a":1}',
    `a=${'b'.repeat(4_000)}`,
    'a=%E0%A4%A',
  ],
  ['user-agent', '', 'x'.repeat(3_000), '\xff'],
  ['expect', 'nonsense'],
  ['referer', 'javascript:alert(1)'],
];

const CONTENT_TYPES = [
  ...['application/json; charset=utf-8', 'application/json;charset=UTF-16', 'application/json; charset=utf-7'],
  ...[
    'application/json; charset=klingon',
    'application/json; charset="',
    'text/plain',
    'application/xml',
    'json',
    '',
    '/',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=x',
  ],
  ...['multipart/form-data; boundary=x', 'application/vnd.api+json', 'application/json; application/json'],
];

/** Requests to one route: most nearly right, each with something that its author did not think of. */
export class Requests {
  constructor(
    private readonly values: Values,
    private readonly ids: KnownIds,
  ) {}

  to(operation: Operation): Arbitrary<WireRequest> {
    return fc
      .record({
        path: this.path(operation),
        query: this.query(operation),
        headers: oddHeaders(),
        sent: this.body(operation),
      })
      .map(({ path, query, headers, sent: { body, type } }) => ({
        method: operation.method,
        path: `${path}${query && `?${query}`}`,
        headers: { ...headers, ...(body !== undefined && type !== undefined && { 'content-type': type }) },
        ...(body !== undefined && { body }),
      }));
  }

  private path({ path }: Operation): Arbitrary<string> {
    const names = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
    return fc.tuple(...names.map((name) => this.id(name))).map((ids) => {
      let filled = path;
      for (const [index, name] of names.entries()) filled = filled.replace(`{${name}}`, () => ids[index]);
      return filled;
    });
  }

  private id(name: string): Arbitrary<string> {
    const known = this.ids[name];
    return fc.oneof(
      { weight: 5, arbitrary: known ? fc.constantFrom(...known) : fc.uuid() },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_IDS.map(encodeURIComponent), ...ODD_ESCAPES) },
      { weight: 1, arbitrary: fc.uuid() },
    );
  }

  private query({ parameters }: Operation): Arbitrary<string> {
    const known = parameters.filter((parameter) => parameter.in === 'query');
    const pairs = known.map((parameter) => fc.option(this.pair(parameter), { nil: undefined, freq: 1 }));
    const odd = fc.option(fc.constantFrom(...oddPairs(known.map(({ name }) => name))), { nil: undefined, freq: 1 });
    return fc.tuple(...pairs, odd).map((all) => all.filter((pair) => pair !== undefined).join('&'));
  }

  private pair({ name, schema }: Parameter): Arbitrary<string> {
    const value = fc.oneof(
      { weight: 4, arbitrary: this.values.like(schema).map((one) => escaped([one].flat().join(','))) },
      { weight: 1, arbitrary: aHostileText().map(escaped) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_ESCAPES.slice(2)) },
    );
    return value.map((text) => `${name}=${text}`);
  }

  private body({ body }: Operation): Arbitrary<{ body?: string; type?: string }> {
    const content = body?.['application/json'];
    if (!content) return body ? fc.constantFrom(...ODD_FORMS) : fc.constant({});
    const value = fc.oneof(
      { weight: 2, arbitrary: this.values.like(content.schema) },
      { weight: 5, arbitrary: this.values.unlike(content.schema) },
    );
    const text = fc.oneof(
      { weight: 8, arbitrary: value.map((one) => JSON.stringify(one)) },
      { weight: 1, arbitrary: fc.tuple(value, aTwist()).map(([one, twist]) => twist(JSON.stringify(one))) },
    );
    const type = fc.oneof(
      { weight: 12, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    return fc.record({ body: text, type });
  }
}

const ODD_FORMS: { body: string; type: string }[] = [
  { body: '{}', type: 'application/json' },
  { body: '', type: 'multipart/form-data; boundary=x' },
  { body: '--x--\r\n', type: 'multipart/form-data; boundary=x' },
  {
    body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc\r\n--x--',
    type: 'multipart/form-data; boundary=x',
  },
];

/** A text in an address; halves of pairs, which have no bytes, as the bytes they would have. */
const escaped = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80');

const oddPairs = (names: string[]): string[] => [
  ...names.flatMap((name) => [`${name}[$gt]=1`, `${name}[]=x`, `${name}=1&${name}=2`, `${name}`, `${name}=%00`]),
  ...[
    '__proto__[x]=1',
    'constructor.prototype.x=1',
    'fields=passwordHash',
    'include=user.sessions',
    '&&&',
    '=',
    '%',
    '?',
  ],
  ...[
    'sort=password',
    'sort=id;drop',
    'page[$gt]=1',
    'cursor=abc.def',
    'cursor=W10.AAAAAAAAAAAAAAAA',
    'limit=1e9',
    'limit=0',
  ],
  `x=${'y'.repeat(5_000)}`,
];

/** Something that only a text of JSON can have. */
const aTwist = (): Arbitrary<(json: string) => string> =>
  fc.constantFrom<((json: string) => string)[]>(
    (json) => json.replace('{', '{"__proto__":{"role":"admin"},'),
    (json) => json.replace(/\{("[^"]*"):/, '{$1:null,$1:'),
    (json) => json.replace(/\}$/, ',"email":"a@example.com","email":"b@example.com"}'),
    (json) => json.slice(0, -1),
    (json) => `${json}${json}`,
    (json) => `\uFEFF${json}`,
    (json) => json.replace(/:("[^"]*"|\d+)/, ':NaN'),
    (json) => json.replace(/:("[^"]*"|\d+)/, ':1e400'),
    (json) => json.replace(/:("[^"]*"|\d+)/, ':-0'),
    (json) => json.replace(/:("[^"]*"|\d+)/, ':"\\ud800"'),
    (json) => json.replace(/:("[^"]*"|\d+)/, ':"\\u0000"'),
    (json) => json.replace(/:("[^"]*"|\d+)/, `:${'['.repeat(2_000)}${']'.repeat(2_000)}`),
    (json) => json.replace(/:("[^"]*"|\d+)/, `:"${'x'.repeat(210_000)}"`),
    (json) => `/* */${json}`,
    () => '',
    () => HOSTILE_TEXTS.join(''),
  );

function oddHeaders(): Arbitrary<Headers> {
  const one = fc
    .constantFrom(...ODD_HEADERS)
    .chain(([name, ...values]) => fc.constantFrom(...values).map((value) => ({ [name]: value })));
  return fc.array(one, { maxLength: 2 }).map((all) => Object.assign({}, ...all) as Headers);
}
