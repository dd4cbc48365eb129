import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access';
import { StoreWatch } from '../../attachments';
import { Replicas } from '../../database';
import { Nodes } from '../../nodes';
import { Readiness } from './readiness';

class HealthDto {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

class ReadyDto {
  @ApiProperty({
    enum: ['ok', 'degraded'],
    description:
      '`degraded`: Redis is away, and what happens on other nodes is seen up to 15 s later; or the store of files is, and files cannot be sent or opened; or a replica of the database is left out, and lists are slower. Everything else is served.',
  })
  status!: 'ok' | 'degraded';
}

/** For whatever watches the process. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly nodes: Nodes,
    private readonly store: StoreWatch,
    private readonly replicas: Replicas,
  ) {}

  /** The process runs; nothing else is asked. */
  @Get('live')
  @Public()
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** Requests can be served: the database answers and the process is not about to stop. */
  @Get('ready')
  @Public()
  @ApiOkResponse({ type: ReadyDto })
  @ApiServiceUnavailableResponse({ description: 'Not now; `Retry-After` says when to ask again.' })
  async ready(): Promise<ReadyDto> {
    await this.readiness.assertReady();
    const isDegraded = this.nodes.state === 'away' || this.store.isStoreAway || this.replicas.isOneMissed;
    return { status: isDegraded ? 'degraded' : 'ok' };
  }
}
