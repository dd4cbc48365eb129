import { Catch, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { DomainError } from './domain-error';
import { FailureLog } from './failure-log';
import { clientErrorStatus, problemOf, toDomainError, type AwayTest } from './problem';

/** The one place where failures become HTTP answers. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  /** One for each kind of failure: many requests meet the same trouble at once. */
  private readonly troubles = new Map<string, FailureLog>();

  /** @param watch is told of every expected failure before it is answered */
  constructor(
    private readonly isAway: AwayTest,
    private readonly watch: (error: DomainError, request: Request) => void = () => undefined,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request & { id?: string }>();
    const known = toDomainError(error, this.isAway);
    if (!known) this.logger.error({ err: error, requestId: request.id }, 'Unexpected failure');
    else if (known.kind === 'unavailable')
      this.troubleOf(known).failed(known.cause ?? known, { requestId: request.id });
    if (known) this.watch(known, request);
    if (response.headersSent || response.writableEnded) {
      response.destroy();
      return;
    }
    if (known?.retryAfterSeconds) response.setHeader('Retry-After', String(known.retryAfterSeconds));
    if (known?.kind === 'unauthenticated') response.setHeader('WWW-Authenticate', 'Bearer');
    if (known) response.set(known.headers);
    const problem = problemOf(known, request.id, clientErrorStatus(error));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private troubleOf({ cause, name }: DomainError): FailureLog {
    const { code } = (cause ?? {}) as { code?: unknown };
    const kind = typeof code === 'string' ? code : name;
    const known = this.troubles.get(kind) ?? new FailureLog(this.logger, `Requests could not be served (${kind})`);
    this.troubles.set(kind, known);
    return known;
  }
}
