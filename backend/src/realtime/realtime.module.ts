import { Module } from '@nestjs/common';
import { AuthModule } from '../auth';
import { RealtimeGateway } from './realtime.gateway';
import { Revocation } from './revocation';
import { SocketAuthenticator } from './socket-authenticator';
import { SocketHub } from './socket-hub';

@Module({
  imports: [AuthModule],
  providers: [RealtimeGateway, Revocation, SocketAuthenticator, SocketHub],
  exports: [SocketAuthenticator, SocketHub],
})
export class RealtimeModule {}
