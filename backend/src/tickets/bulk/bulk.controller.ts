import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { RateLimits } from '../../common';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../../idempotency';
import { BulkAnswerDto, BulkTicketsDto } from './bulk.dto';
import { BulkService } from './bulk.service';

@ApiTags('tickets')
@ApiBearerAuth()
@Roles('agent', 'admin')
@Controller('tickets/bulk')
export class BulkController {
  constructor(
    private readonly bulk: BulkService,
    private readonly limits: RateLimits,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Changes up to 1,000 tickets, each whole or not at all; the answer says for each what became of it. To show progress
   * send `ids` in parts of about 50, each with an `Idempotency-Key`: after a lost connection the same part can be sent
   * again and is answered from what was done. To undo, send the lines with `before` back as `undo`: a ticket that was
   * changed since is left alone (`stale`), and one's own steps can be taken back for ten minutes.
   */
  @Post()
  @HttpCode(HttpStatus.OK)
  @AcceptsIdempotencyKey()
  @ApiOkResponse({ type: BulkAnswerDto })
  change(
    @CurrentUser() actor: Actor,
    @Body() tickets: BulkTicketsDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<BulkAnswerDto> {
    return this.idempotency.onceAnswered(request, async () => {
      if (tickets.filter?.q) await this.limits.spend('search', actor.id);
      return { results: await this.bulk.run(actor, tickets) };
    });
  }
}
