import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access';
import { Readiness } from './readiness';

class HealthDto {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

/** For whatever watches the process. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

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
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ description: 'Not now; `Retry-After` says when to ask again.' })
  async ready(): Promise<HealthDto> {
    await this.readiness.assertReady();
    return { status: 'ok' };
  }
}
