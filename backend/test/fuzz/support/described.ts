import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Schema } from './from-schema';
import type { WireAnswer } from './wire';

type Contents = Record<string, { schema: Schema } | undefined>;

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  schema: Schema;
}

/** One route of the document. */
export interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Contents | undefined;
  answers: Record<string, { content?: Contents }>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const SLOWEST_MS = 5_000;
const LEAKS = /node_modules|at \w+ \(|\bSELECT\b.*\bFROM\b|sqlite|mysql|mariadb|typeorm|express|nestjs|\/backend\//i;
const MEDIA_TYPE = /^[^;]+/;

/** What the document says of answers, as a judge. */
export class Described {
  readonly operations: Operation[];
  readonly schemas: Record<string, Schema>;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<Schema, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    this.schemas = document.components?.schemas as Record<string, Schema>;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => (item[method] ? [operationOf(method, path, item[method])] : [])),
    );
    addFormats(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addFormat('idn-email', /^\S+@\S+$/u);
    this.ajv.addSchema({ $id: 'document', components: { schemas: closed(this.schemas) } });
  }

  /** Everything in which the answer is not as the document promises, or as any answer has to be. */
  faultsOf(operation: Operation, answer: WireAnswer): string[] {
    const { status, headers, bytes } = answer;
    const described = operation.answers[String(status)];
    const faults = [
      ...(status >= 500 ? ['the server failed'] : []),
      ...(described ? [] : [`status ${status} is not described`]),
      ...(answer.tookMs > SLOWEST_MS ? [`it took ${answer.tookMs} ms`] : []),
      ...(headers['x-request-id'] ? [] : ['no request id']),
      ...(mayBeKept(operation, headers['cache-control']) ? ['it may be kept'] : []),
    ];
    if (!described) return faults;
    if (!described.content) return [...faults, ...(bytes.length ? ['a body that is not described'] : [])];
    return [
      ...faults,
      ...this.faultsOfBody(described.content, answer),
      ...(status >= 400 ? faultsOfProblem(answer) : []),
    ];
  }

  private faultsOfBody(content: Contents, { headers, bytes }: WireAnswer): string[] {
    const type = MEDIA_TYPE.exec(headers['content-type'] ?? '')?.[0] ?? 'none';
    const described = content[type];
    if (!described) return [`the type ${type} is not described`];
    if (!/[/+]json$/.test(type) || described.schema.format === 'binary') return [];
    const validate = this.validatorOf(described.schema);
    if (validate(JSON.parse(bytes.toString()))) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(' '),
    );
  }

  private validatorOf(schema: Schema): ValidateFunction {
    const known = this.validators.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('#/components', 'document#/components');
    const validate = this.ajv.compile(JSON.parse(text) as object);
    this.validators.set(schema, validate);
    return validate;
  }
}

const mayBeKept = ({ path }: Operation, cacheControl = ''): boolean =>
  path.startsWith('/api/') && !/\bno-store\b/.test(cacheControl);

function faultsOfProblem({ status, headers, bytes }: WireAnswer): string[] {
  const text = bytes.toString();
  const problem = JSON.parse(text) as Record<string, unknown>;
  return [
    ...(problem.status === status ? [] : ['the problem names another status']),
    ...(problem.requestId === headers['x-request-id'] ? [] : ['the problem names another request']),
    ...(/^[a-z]+(?:-[a-z]+)*$/.test(String(problem.code)) ? [] : [`the code ${String(problem.code)}`]),
    ...(LEAKS.test(text) ? [`it tells about the inside: ${text}`] : []),
    ...(status === 401 && !headers['www-authenticate'] ? ['no word how to sign in'] : []),
    ...([429, 503].includes(status) && !(Number(headers['retry-after']) > 0) ? ['no time to come back'] : []),
  ];
}

function operationOf(method: string, path: string, operation: object): Operation {
  const {
    parameters = [],
    requestBody,
    responses,
  } = operation as {
    parameters?: Parameter[];
    requestBody?: { content: Contents };
    responses: Operation['answers'];
  };
  return { method: method.toUpperCase(), path, parameters, body: requestBody?.content, answers: responses };
}

/** Fields that are not described are a fault of answers: nobody decided who may see them. */
function closed(schemas: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      { ...schema, ...(schema.properties && { additionalProperties: schema.additionalProperties ?? false }) },
    ]),
  );
}
