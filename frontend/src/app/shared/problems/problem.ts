import { HttpErrorResponse } from '@angular/common/http';

export interface FieldError {
  /** The field as the API names it, e.g. `subject` or `attachments.0`. */
  path: string;
  message: string;
}

interface ProblemParts {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: readonly FieldError[];
  requestId?: string | null;
  retryAfterSeconds?: number | null;
  extras?: Readonly<Record<string, unknown>>;
}

/** A refusal or failure of the server, or of the way to it, in words that can be shown. */
export class Problem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable, kebab-case, to branch on. `unreachable` when no answer came, `unexpected` when it was not a problem document. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** Members beyond RFC 9457 that single codes carry, such as `assignee` or `version`. */
  readonly extras: Readonly<Record<string, unknown>>;

  constructor(parts: ProblemParts) {
    super(parts.detail || parts.title);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.errors = parts.errors ?? [];
    this.requestId = parts.requestId ?? null;
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
    this.extras = parts.extras ?? {};
  }
}

/** Turns whatever was thrown into a Problem; a Problem stays the same object. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpErrorResponse) return fromResponse(error);
  if (error instanceof Error && error.cause instanceof HttpErrorResponse) return fromResponse(error.cause);
  return new Problem({
    status: 0,
    code: 'unexpected',
    title: 'Something went wrong',
    detail: 'Something went wrong on this page. Please try again.',
  });
}

function fromResponse(response: HttpErrorResponse): Problem {
  if (response.status === 0) {
    return new Problem({
      status: 0,
      code: 'unreachable',
      title: 'No connection',
      detail: 'The server can not be reached at the moment. Nothing was lost - please try again.',
    });
  }
  const body = problemBody(response.error);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Problem({
    status: response.status,
    code: text(body['code']) ?? 'unexpected',
    title: text(body['title']) ?? 'Something went wrong',
    detail: text(body['detail']) ?? text(body['title']) ?? 'The server could not do this. Please try again.',
    errors: fieldErrors(body['errors']),
    requestId: text(body['requestId']) ?? response.headers.get('X-Request-Id'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
    extras: body,
  });
}

/** Answers to requests for bytes or text arrive unparsed; everything else is an object already. */
function problemBody(body: unknown): Record<string, unknown> {
  if (typeof body === 'string') {
    try {
      return asRecord(JSON.parse(body));
    } catch {
      return {};
    }
  }
  return asRecord(body);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.map(asRecord).map((entry) => ({
    path: text(entry['path']) ?? '',
    message: text(entry['message']) ?? '',
  }));
}
