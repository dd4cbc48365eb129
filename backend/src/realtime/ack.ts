import {
  applyDecorators,
  Catch,
  Logger,
  UseFilters,
  UsePipes,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { toDomainError, validationPipe } from '../common';
import { isDatabaseAway } from '../database';
import { socketErrorOf } from './socket-errors';
import type { SocketError } from './socket-events';

type Acknowledge = (answer: { ok: false; error: SocketError }) => void;

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

/**
 * For gateways: global pipes and filters do not reach them. What a handler returns is acknowledged as `{ok: true, …}` by
 * SocketAdapter.
 */
export const AcknowledgedEvents = (): ClassDecorator =>
  applyDecorators(UsePipes(validationPipe()), UseFilters(new WsProblemFilter()));
