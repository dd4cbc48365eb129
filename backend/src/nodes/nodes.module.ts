import { Global, Module } from '@nestjs/common';
import { deriveKey } from '../common';
import { Settings } from '../config';
import type { NodeLink } from './node-link';
import { NodeTimes } from './node-times';
import { NODE_LINK, Nodes } from './nodes';
import { SharedLimits } from './shared-limits';

/** The client of Redis is loaded only where there is a Redis. */
async function linkOf(settings: Settings, times: NodeTimes): Promise<NodeLink | undefined> {
  if (!settings.redisUrl) return undefined;
  const { RedisLink } = await import('./redis-link.js');
  // Nodes of one installation share the secret; channels are not kept apart by the number of a Redis database.
  const prefix = `parley:${deriveKey(settings.jwtSecret, 'redis-channels').toString('hex').slice(0, 16)}`;
  return new RedisLink(settings.redisUrl, prefix, times);
}

@Global()
@Module({
  providers: [
    NodeTimes,
    Nodes,
    SharedLimits,
    { provide: NODE_LINK, useFactory: linkOf, inject: [Settings, NodeTimes] },
  ],
  exports: [Nodes, NodeTimes],
})
export class NodesModule {}
