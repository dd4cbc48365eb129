import { HttpException } from '@nestjs/common';
import { DomainError, ERROR_STATUS, Unavailable, type ErrorKind, type FieldError } from './domain-error';

/** The body of every failure: RFC 9457 `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId?: string;
  errors?: FieldError[];
  [extension: string]: unknown;
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported content',
  416: 'No such part',
  422: 'Not the same request',
  429: 'Too often',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Unavailable',
  507: 'No space left',
};

const CODES: Record<number, string> = {
  400: 'validation-failed',
  405: 'method-not-allowed',
  408: 'request-timeout',
  431: 'headers-too-large',
};

const kindOf = (status: number): ErrorKind | undefined =>
  (Object.keys(ERROR_STATUS) as ErrorKind[]).find((kind) => ERROR_STATUS[kind] === status);

/** Decides whether a raw failure of a database driver means "away for now"; given by the room that knows drivers. */
export type AwayTest = (error: unknown) => boolean;

/**
 * Turns any failure into the one that is told to the caller, or `undefined` for a defect: those are logged with their
 * stack and answered as a bare 500.
 */
export function toDomainError(error: unknown, isAway: AwayTest): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isAway(error)) return new Unavailable(error);
  const status = clientErrorStatus(error);
  if (status === undefined) return undefined;
  return new DomainError(kindOf(status) ?? 'validation', detailOf(error, status), { code: CODES[status] });
}

export function problemOf(error: DomainError | undefined, requestId: string | undefined, status?: number): Problem {
  const code = status ?? error?.status ?? 500;
  return {
    type: 'about:blank',
    title: TITLES[code] ?? 'Error',
    status: code,
    detail: error?.message ?? 'Something went wrong on our side. The request id helps us to find out what.',
    code: error?.code ?? 'internal',
    ...(requestId && { requestId }),
    ...(error?.errors && { errors: error.errors }),
    ...error?.extensions,
  };
}

/** For what is refused before there is anything that could fail. */
export const problemOfStatus = (status: number, requestId: string | undefined): Problem =>
  problemOf(
    new DomainError(kindOf(status) ?? 'validation', PLAIN_DETAILS[status], { code: CODES[status] }),
    requestId,
    status,
  );

/** The status below 500 that a framework error carries (Nest's exceptions, the body parser's `http-errors`). */
export function clientErrorStatus(error: unknown): number | undefined {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : error instanceof Error && 'status' in error && 'expose' in error
        ? Number(error.status)
        : undefined;
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
}

const PLAIN_DETAILS: Record<number, string> = {
  400: 'The request could not be understood. Check its form.',
  404: 'There is nothing at this address.',
  405: 'This method is not served here.',
  408: 'The request did not come to its end in time.',
  413: 'The request is too large.',
  415: 'The content type or encoding of the request is not supported.',
  431: 'The headers of the request are too large.',
};

const detailOf = (error: unknown, status: number): string =>
  PLAIN_DETAILS[status] ?? (error instanceof Error ? error.message : 'The request was refused.');
