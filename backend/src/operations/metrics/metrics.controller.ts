import { timingSafeEqual, createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiForbiddenResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../../access';
import { Forbidden } from '../../common';
import { Settings } from '../../config';
import { Metrics } from './metrics';

const BEARER = /^Bearer (.+)$/i;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isLoopback = (address: string): boolean => {
  const plain = address.replace(/^::ffff:/i, '');
  const version = isIP(plain);
  return version !== 0 && loopback.check(plain, version === 6 ? 'ipv6' : 'ipv4');
};

/** A proxy on this machine hands on what others ask, and says so, whether or not it is one that is trusted. */
function isFromHere(request: Request): boolean {
  const { remoteAddress = '' } = request.socket;
  const forwarded = request.get('x-forwarded-for')?.split(',') ?? [];
  const isSilent = request.get('forwarded') === undefined && request.get('x-real-ip') === undefined;
  return isSilent && [remoteAddress, ...forwarded].every((address) => isLoopback(address.trim()));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** For Prometheus, from this machine or with METRICS_TOKEN. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly settings: Settings,
  ) {}

  /** From the loopback address (behind a trusted proxy: of whoever asked it), or with METRICS_TOKEN as a bearer token. */
  @Get()
  @Public()
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'In the text format of Prometheus.', schema: { type: 'string' } })
  @ApiForbiddenResponse({ description: 'Asked from elsewhere, without the token.' })
  @Header('Cache-Control', 'no-store')
  async read(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    if (!this.hasToken(request) && !isFromHere(request)) throw new MetricsForbidden();
    response.type(this.metrics.contentType);
    return this.metrics.text();
  }

  private hasToken(request: Request): boolean {
    const given = BEARER.exec(request.get('authorization') ?? '')?.[1];
    const { metricsToken } = this.settings;
    return given !== undefined && metricsToken !== undefined && timingSafeEqual(digest(given), digest(metricsToken));
  }
}

class MetricsForbidden extends Forbidden {
  constructor() {
    super('Metrics are read on the machine of the server, or with METRICS_TOKEN as a bearer token.');
  }
}
