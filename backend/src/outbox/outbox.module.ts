import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxJob } from './outbox-job.entity';
import { Outbox } from './outbox';
import { OutboxWorker } from './outbox.worker';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OutboxJob])],
  providers: [Outbox, OutboxWorker],
  exports: [Outbox, OutboxWorker],
})
export class OutboxModule {}
