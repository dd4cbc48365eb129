import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxJob } from './outbox-job.entity';
import { Outbox } from './outbox';
import { OutboxBacklog } from './outbox-backlog';
import { OutboxWorker } from './outbox.worker';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OutboxJob])],
  providers: [Outbox, OutboxBacklog, OutboxWorker],
  exports: [Outbox, OutboxBacklog, OutboxWorker],
})
export class OutboxModule {}
