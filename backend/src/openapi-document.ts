import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

import { OPENAPI_EXAMPLES } from './openapi-examples';
import { withNulls } from './openapi-nulls';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const DOCS_PATH = 'api/docs';

const PROBLEM_SCHEMA = {
  type: 'object',
  example: {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    detail: 'Ben Okafor has claimed this ticket.',
    code: 'already-claimed',
    requestId: '4f0c7a52-0a57-4a7e-9c1e-0d6b5a3f2e10',
  },
  description: 'Every failure (RFC 9457). `code` is stable; `detail` is a sentence for people.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', example: 'about:blank' },
    title: { type: 'string', example: 'Conflict' },
    status: { type: 'integer', example: 409 },
    detail: { type: 'string', example: 'Ben Okafor has claimed this ticket.' },
    code: { type: 'string', example: 'already-claimed' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const COMMON_FAILURES = {
  '400': problem('The request could not be understood; `errors` names the fields.'),
  '429': problem('Too often; `Retry-After` says when to come back.'),
  '503': problem('A dependency is away; `Retry-After` says when to come back.'),
};
const SIGNED_IN_FAILURES = {
  '401': problem('Not signed in, or the sign-in has ended.'),
  '403': problem('Not allowed; for customers also every ticket that is not theirs, whether it exists or not.'),
};
const OBJECT_FAILURES = {
  '404': problem('There is no such thing, or it was removed.'),
  '409': problem('The state does not allow it; `code` says why.'),
};
const BODY_FAILURES = {
  '413': problem('More than the route takes.'),
  '415': problem('A content type, charset or encoding that the route does not take.'),
};
const UPLOAD_FAILURES = { '507': problem('No space is left for files.') };
const COOKIE_FAILURES = { '403': problem('Called by a page of another origin.') };
const VERSION_FAILURES = { '412': problem('It has changed since; `version` is the one it has now.') };
const REPEAT_FAILURES = {
  '409': problem('The first request with this key is still running, or `code` says what else.'),
};
const UNCHANGED = { '304': { description: 'What `If-None-Match` names is what there is.' } };

/** The description of the API, with the failures that every route can answer. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Parley')
    .setDescription(
      'Tickets that are live conversations. Lists are paged by `limit` and an opaque `cursor`, announced in the `Link` header. ' +
        'Socket events are described in docs/socket-events.md. Limits count per account and, tenfold, per peer address: ' +
        'registration 5 an hour and address, forgotten password 3 an hour, tickets 30 an hour, messages 60 a minute, saved drafts ' +
        '120 a minute, uploads 60 an hour, search 60 a minute, 10 sockets a person, 200 subscriptions a socket, 300 socket events ' +
        'in 10 seconds. Wrong passwords are refused from the 7th on, for a time that grows. All limits stand in docs/limits.md.',
    )
    .setVersion('0.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth()
    .addCookieAuth('parley_refresh')
    .setOpenAPIVersion('3.1.0')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA as never },
  };
  addFailures(document);
  addExamples(document);
  return withNulls(document);
}

function addExamples({ components }: OpenAPIObject): void {
  for (const [name, example] of Object.entries(OPENAPI_EXAMPLES)) {
    const schema = components?.schemas?.[name];
    if (schema && !('$ref' in schema)) schema.example = example;
  }
}

function addFailures(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      const failures = {
        ...COMMON_FAILURES,
        ...(method === 'get' && UNCHANGED),
        ...(path.startsWith('/api/auth/') && COOKIE_FAILURES),
        ...(operation.security?.length && SIGNED_IN_FAILURES),
        ...(path.includes('{') && OBJECT_FAILURES),
        ...failuresOfInput(operation),
      };
      operation.responses = asProblems({ ...failures, ...operation.responses });
    }
}

/** Decorators that say only when a failure happens leave its form to us. */
function asProblems(responses: OperationObject['responses']): OperationObject['responses'] {
  const worded = Object.entries(responses).map(([status, response]) => {
    const isBare = Number(status) >= 400 && response && !('$ref' in response) && !response.content;
    return [status, isBare ? problem(response.description) : response];
  });
  return Object.fromEntries(worded) as OperationObject['responses'];
}

function failuresOfInput({ parameters = [], requestBody }: OperationObject): Record<string, object> {
  const takes = (header: string) => parameters.some((parameter) => 'name' in parameter && parameter.name === header);
  const takesFiles = requestBody && 'content' in requestBody && 'multipart/form-data' in requestBody.content;
  return {
    ...(requestBody && BODY_FAILURES),
    ...(takesFiles && UPLOAD_FAILURES),
    ...(takes('If-Match') && VERSION_FAILURES),
    ...(takes('Idempotency-Key') && REPEAT_FAILURES),
  };
}

/** Swagger UI, and the document beside it. The page styles itself inline: an exception for this path alone. */
export function serveApiDocs(app: INestApplication): void {
  app.use(`/${DOCS_PATH}`, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    next();
  });
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Parley API',
  });
}
