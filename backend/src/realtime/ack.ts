import {
  applyDecorators,
  Catch,
  Injectable,
  Logger,
  UseFilters,
  UseInterceptors,
  UsePipes,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { toDomainError, validationPipe } from '../common';
import { isDatabaseAway } from '../database';
import { socketErrorOf } from './socket-errors';
import type { SocketError } from './socket-events';

type Acknowledge = (answer: { ok: false; error: SocketError }) => void;

/** What a handler returns becomes `{ok: true, …}`. */
@Injectable()
export class AckInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler<object | undefined>): Observable<object> {
    return next.handle().pipe(map((result) => ({ ok: true, ...result })));
  }
}

/** The twin of ProblemFilter: what a handler throws becomes `{ok: false, error}`. */
@Catch()
export class WsProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(WsProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const known = toDomainError(error, isDatabaseAway);
    if (!known) this.logger.error({ err: error }, 'Unexpected failure of a socket event');
    const acknowledge = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
    (acknowledge as Acknowledge | undefined)?.({ ok: false, error: socketErrorOf(known) });
  }
}

/** For gateways: global pipes, filters and interceptors do not reach them. */
export const AcknowledgedEvents = (): ClassDecorator =>
  applyDecorators(UsePipes(validationPipe()), UseFilters(new WsProblemFilter()), UseInterceptors(new AckInterceptor()));
