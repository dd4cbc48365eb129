import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';

import { toProblem } from './problem';

const response = (status: number, error: unknown, headers: Record<string, string> = {}) =>
  new HttpErrorResponse({ status, error, headers: new HttpHeaders(headers) });

describe('toProblem', () => {
  it('reads a problem document with its field errors', () => {
    const problem = toProblem(
      response(400, {
        code: 'validation-failed',
        title: 'Not valid',
        detail: 'Please check.',
        requestId: 'r1',
        errors: [{ path: 'subject', message: 'is too long' }],
      }),
    );
    expect(problem).toMatchObject({
      status: 400,
      code: 'validation-failed',
      detail: 'Please check.',
      requestId: 'r1',
      errors: [{ path: 'subject', message: 'is too long' }],
    });
  });

  it('keeps members that single codes carry', () => {
    const problem = toProblem(response(409, { code: 'already-claimed', assignee: { name: 'Ben' } }));
    expect(problem.extras['assignee']).toEqual({ name: 'Ben' });
  });

  it('knows how long to wait, and the request id from the header', () => {
    const problem = toProblem(response(429, { code: 'rate-limited' }, { 'Retry-After': '30', 'X-Request-Id': 'r2' }));
    expect(problem).toMatchObject({ retryAfterSeconds: 30, requestId: 'r2' });
  });

  it('reads a problem that arrived as text', () => {
    expect(toProblem(response(403, '{"code":"forbidden"}')).code).toBe('forbidden');
  });

  it.each([['<html>Bad gateway</html>'], [null], [[1, 2]]])(
    'makes do with an answer that is no problem: %j',
    (body) => {
      expect(toProblem(response(502, body))).toMatchObject({ status: 502, code: 'unexpected' });
    },
  );

  it('says that nothing was lost when no answer came', () => {
    expect(toProblem(response(0, new ProgressEvent('error')))).toMatchObject({ code: 'unreachable', status: 0 });
  });

  it('looks into errors that wrap a response', () => {
    expect(toProblem(new Error('wrapped', { cause: response(404, { code: 'not-found' }) })).code).toBe('not-found');
  });

  it('never throws on what is no error at all', () => {
    expect(toProblem('what').code).toBe('unexpected');
  });
});
