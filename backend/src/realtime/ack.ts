import {
  applyDecorators,
  Catch,
  Injectable,
  Logger,
  UseFilters,
  UsePipes,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { AccessDenials } from '../audit';
import { toDomainError, validationPipe } from '../common';
import { isDatabaseAway } from '../database';
import { socketErrorOf } from './socket-errors';
import type { SocketError } from './socket-events';
import type { ParleySocket } from './socket-types';

type Acknowledge = (answer: { ok: false; error: SocketError }) => void;

/** The twin of ProblemFilter: what a handler throws becomes `{ok: false, error}`. */
@Injectable()
@Catch()
export class WsProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(WsProblemFilter.name);

  constructor(private readonly denials: AccessDenials) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const known = toDomainError(error, isDatabaseAway);
    if (!known) this.logger.error({ err: error }, 'Unexpected failure of a socket event');
    if (known?.kind === 'forbidden') this.audit(known.code, host);
    const acknowledge = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
    (acknowledge as Acknowledge | undefined)?.({ ok: false, error: socketErrorOf(known) });
  }

  private audit(code: string, host: ArgumentsHost): void {
    const event = host.switchToWs();
    const { ticketId } = event.getData<{ ticketId?: unknown } | undefined>() ?? {};
    this.denials.note({
      actorId: event.getClient<ParleySocket>().data.actor.id,
      ...(Number.isInteger(ticketId) && { object: { type: 'ticket', id: String(ticketId) } }),
      data: { code, event: event.getPattern() },
    });
  }
}

/**
 * For gateways: global pipes and filters do not reach them. What a handler returns is acknowledged as `{ok: true, …}` by
 * SocketAdapter.
 */
export const AcknowledgedEvents = (): ClassDecorator =>
  applyDecorators(UsePipes(validationPipe()), UseFilters(WsProblemFilter));
