import { BadRequestException, HttpException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { DomainError, NotFound, RateLimited, Unavailable, ValidationFailed } from './domain-error';
import { clientErrorStatus, problemOf, toDomainError } from './problem';

const never = (): boolean => false;

/** As the body parser throws them. */
const httpError = (status: number, message: string): Error =>
  Object.assign(new Error(message), { status, expose: status < 500 });

describe('a failure towards the caller', () => {
  it('stays the same when it was expected', () => {
    const error = new NotFound('Ticket #1001');
    expect(toDomainError(error, never)).toBe(error);
  });

  it('is "unavailable" when the database is away, whatever the driver said', () => {
    const driver = new Error('connect ECONNREFUSED 10.0.0.7:3306');
    const error = toDomainError(driver, (candidate) => candidate === driver);
    expect(error).toBeInstanceOf(Unavailable);
    expect(JSON.stringify(problemOf(error, undefined))).not.toContain('10.0.0.7');
  });

  it.each([
    [new BadRequestException('Unexpected token } in JSON'), 400, 'validation-failed'],
    [new NotFoundException('Cannot GET /api/nowhere'), 404, 'not-found'],
    [new PayloadTooLargeException('request entity too large'), 413, 'too-large'],
    [httpError(400, 'bad json at position 3'), 400, 'validation-failed'],
    [httpError(413, 'request entity too large'), 413, 'too-large'],
    [httpError(415, 'unsupported charset "UTF-7"'), 415, 'unsupported-media'],
  ])('of the framework (%s) is %i %s in our own words', (raw, status, code) => {
    const error = toDomainError(raw, never);
    expect(problemOf(error, undefined, clientErrorStatus(raw))).toMatchObject({ status, code });
    expect(error?.message).not.toContain(raw.message);
  });

  it.each([
    [new TypeError('x is not a function')],
    [new HttpException('teapot', 500)],
    [httpError(500, 'stream is not readable')],
    ['a string'],
    [undefined],
    [null],
  ])('that nobody expected (%p) is a defect', (raw) => {
    expect(toDomainError(raw, never)).toBeUndefined();
    expect(clientErrorStatus(raw)).toBeUndefined();
  });
});

describe('the problem document', () => {
  it('of a defect says nothing but the request id', () => {
    expect(problemOf(undefined, 'request-1')).toEqual({
      type: 'about:blank',
      title: 'Internal error',
      status: 500,
      detail: expect.any(String) as string,
      code: 'internal',
      requestId: 'request-1',
    });
  });

  it('names the fields that are wrong', () => {
    const error = new ValidationFailed([
      { path: 'subject', message: 'is too long' },
      { path: 'tags.0', message: 'is empty' },
    ]);
    expect(problemOf(error, undefined)).toMatchObject({
      status: 400,
      code: 'validation-failed',
      errors: [
        { path: 'subject', message: 'is too long' },
        { path: 'tags.0', message: 'is empty' },
      ],
    });
  });

  it('carries what the error adds, such as the current version', () => {
    const error = new DomainError('stale', 'Changed meanwhile.', { extensions: { version: 7 } });
    expect(problemOf(error, undefined)).toMatchObject({ status: 412, code: 'stale', version: 7 });
  });

  it('takes the kind as the code unless another one is given', () => {
    expect(new DomainError('conflict', 'No.').code).toBe('conflict');
    expect(new DomainError('conflict', 'No.', { code: 'name-taken' })).toMatchObject({
      code: 'name-taken',
      status: 409,
    });
    expect(new RateLimited(30)).toMatchObject({ status: 429, retryAfterSeconds: 30 });
  });
});
