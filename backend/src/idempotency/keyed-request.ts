import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Actor } from '../access';
import { ValidationFailed } from '../common';

const HEADER = 'Idempotency-Key';
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** A request that its client may repeat; undefined where it named no key. */
export type KeyedRequest = { userId: string; route: string; key: string; payloadHash: string } | undefined;

interface SentFile {
  filename: string;
  mediaType: string;
  sha256: string;
}

type ReadRequest = Omit<Request, 'route' | 'body'> & {
  user: Actor;
  route: { path: string };
  body: unknown;
  file?: SentFile;
  files?: SentFile[];
};

/** For routes whose handler takes a `@KeyOfRequest()`. */
export const AcceptsIdempotencyKey = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: HEADER,
      required: false,
      description:
        '1 to 255 visible ASCII characters, chosen by the client. For 24 hours a repeat with the same key makes nothing new and is answered like the first request; while that is still running: 409 `in-progress`. What failed is not remembered.',
    }),
    ApiUnprocessableEntityResponse({
      description: '`idempotency-mismatch`: the key was used for another request.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );

/** The key of this request with what it stands for. Files are part of it, so it comes after their interceptor. */
export const KeyOfRequest = createParamDecorator((_: unknown, context: ExecutionContext): KeyedRequest => {
  const request = context.switchToHttp().getRequest<ReadRequest>();
  const key = request.get(HEADER);
  if (key === undefined) return undefined;
  if (!VISIBLE_ASCII.test(key)) throw ValidationFailed.of(HEADER, 'must be 1 to 255 visible ASCII characters');
  const { method, route, user } = request;
  return { userId: user.id, route: `${method} ${route.path}`, key, payloadHash: hashOf(request) };
});

function hashOf({ params, body, file, files = [] }: ReadRequest): string {
  const sent = [...(file ? [file] : []), ...files].map(({ filename, mediaType, sha256 }) => [
    filename,
    mediaType,
    sha256,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([inOrder(params), inOrder(body), sent]))
    .digest('hex');
}

/** The order of fields means nothing, that of lists does. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, inOrder(part)]);
}
