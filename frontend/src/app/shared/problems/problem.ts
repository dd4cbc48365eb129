import { HttpErrorResponse } from '@angular/common/http';

import { language } from '../texts/catalogue';
import { t, textIfKnown } from '../texts/text';

export interface FieldError {
  /** The field as the API names it, e.g. `subject` or `attachments.0`. */
  path: string;
  message: string;
}

/** What the details of problem documents are written in. */
const SERVER_LANGUAGE = 'en';

interface ProblemParts {
  status: number;
  code: string;
  /** What the server said; without it the code has the word. */
  detail: string | null;
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
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** Members beyond RFC 9457 that single codes carry, such as `assignee` or `version`. */
  readonly extras: Readonly<Record<string, unknown>>;
  private readonly said: string | null;

  constructor(parts: ProblemParts) {
    super(parts.detail ?? parts.code);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.said = parts.detail;
    this.errors = parts.errors ?? [];
    this.requestId = parts.requestId ?? null;
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
    this.extras = parts.extras ?? {};
  }

  /** A sentence for the person: the server's own where the page speaks its language, else that of the code. */
  get detail(): string {
    if (this.said !== null && language() === SERVER_LANGUAGE) return this.said;
    return this.ofCode() ?? this.said ?? t('problems.unexpected');
  }

  /** The same refusal with these fields alone. */
  withErrors(errors: readonly FieldError[]): Problem {
    const { status, code, said, requestId, retryAfterSeconds, extras } = this;
    return new Problem({ status, code, detail: said, errors, requestId, retryAfterSeconds, extras });
  }

  private ofCode(): string | null {
    const assignee = asRecord(this.extras['assignee']);
    const values = { count: this.retryAfterSeconds ?? 1, name: text(assignee['name']) ?? '' };
    return textIfKnown(`problems.${this.code}`, values);
  }
}

/** Turns whatever was thrown into a Problem; a Problem stays the same object. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpErrorResponse) return fromResponse(error);
  if (error instanceof Error && error.cause instanceof HttpErrorResponse) return fromResponse(error.cause);
  return new Problem({ status: 0, code: 'unexpected', detail: null });
}

function fromResponse(response: HttpErrorResponse): Problem {
  if (response.status === 0) return new Problem({ status: 0, code: 'unreachable', detail: null });
  const body = problemBody(response.error);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Problem({
    status: response.status,
    code: text(body['code']) ?? 'unexpected',
    detail: text(body['detail']) ?? text(body['title']),
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
