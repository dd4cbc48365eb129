import { Module } from '@nestjs/common';
import { RealtimeModule } from '../realtime';
import { PresenceGateway } from './presence.gateway';

/** The live half of presence; apart from the store, which rooms below the sockets need. */
@Module({ imports: [RealtimeModule], providers: [PresenceGateway] })
export class PresenceGatewayModule {}
