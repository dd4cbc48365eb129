import { Module } from '@nestjs/common';
import { AuthModule } from '../auth';
import { Nodes } from '../nodes';
import { Admission } from './admission';
import { NODES_ADAPTER, nodesAdapter } from './nodes-adapter';
import { RealtimeGateway } from './realtime.gateway';
import { Revocation } from './revocation';
import { SlowReaders } from './slow-readers';
import { SocketAuthenticator } from './socket-authenticator';
import { SocketCounts } from './socket-counts';
import { SocketHub } from './socket-hub';

@Module({
  imports: [AuthModule],
  providers: [
    Admission,
    RealtimeGateway,
    Revocation,
    SlowReaders,
    SocketAuthenticator,
    SocketCounts,
    SocketHub,
    { provide: NODES_ADAPTER, useFactory: nodesAdapter, inject: [Nodes] },
  ],
  exports: [SocketAuthenticator, SocketHub],
})
export class RealtimeModule {}
