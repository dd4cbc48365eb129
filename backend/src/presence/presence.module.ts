import { Global, Module } from '@nestjs/common';
import { OnlineStatus } from '../users';
import { PresenceStore } from './presence-store';

/** Binds the port of `users`: who is online. Global, because every room that shows people asks it. */
@Global()
@Module({
  providers: [PresenceStore, { provide: OnlineStatus, useExisting: PresenceStore }],
  exports: [PresenceStore, OnlineStatus],
})
export class PresenceModule {}
