export { Outbox } from './outbox';
export { OutboxModule } from './outbox.module';
export { OutboxWorker, type OutboxHandler } from './outbox.worker';
