/** What went wrong, in the terms of HTTP; the number is the status of the answer. */
export const ERROR_STATUS = {
  validation: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-media': 415,
  'range-not-satisfiable': 416,
  'idempotency-mismatch': 422,
  'rate-limited': 429,
  unavailable: 503,
  'no-space': 507,
} as const;

export type ErrorKind = keyof typeof ERROR_STATUS;

export interface FieldError {
  path: string;
  message: string;
}

export interface DomainErrorOptions {
  /** Stable and kebab-case; defaults to the kind. */
  code?: string;
  errors?: FieldError[];
  /** Further members of the problem document (RFC 9457, section 3.2). */
  extensions?: Record<string, unknown>;
  retryAfterSeconds?: number;
  /** Further headers of an answer over HTTP. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An expected failure: a stable code and a sentence that tells the person what to do. */
export class DomainError extends Error {
  readonly code: string;
  readonly errors?: FieldError[];
  readonly extensions: Record<string, unknown>;
  readonly retryAfterSeconds?: number;
  readonly headers: Record<string, string>;

  constructor(
    readonly kind: ErrorKind,
    detail: string,
    options: DomainErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code ?? kind;
    this.errors = options.errors;
    this.extensions = options.extensions ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return ERROR_STATUS[this.kind];
  }
}

export class ValidationFailed extends DomainError {
  constructor(errors: FieldError[]) {
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super('validation', detail || 'The request could not be understood.', { code: 'validation-failed', errors });
  }

  static of(path: string, message: string): ValidationFailed {
    return new ValidationFailed([{ path, message }]);
  }
}

export class Unauthenticated extends DomainError {
  constructor(detail = 'Sign in to go on.', options: DomainErrorOptions = {}) {
    super('unauthenticated', detail, options);
  }
}

export class Forbidden extends DomainError {
  constructor(detail = 'You are not allowed to do this.', options: DomainErrorOptions = {}) {
    super('forbidden', detail, options);
  }
}

export class NotFound extends DomainError {
  constructor(what: string) {
    super('not-found', `${what} was not found. It may have been removed.`);
  }
}

export class Unavailable extends DomainError {
  constructor(cause?: unknown) {
    super('unavailable', 'The service cannot answer right now. Try again in a few seconds.', {
      retryAfterSeconds: 3,
      cause,
    });
  }
}

export class RateLimited extends DomainError {
  constructor(retryAfterSeconds: number) {
    super('rate-limited', `That was too often. Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
  }
}
