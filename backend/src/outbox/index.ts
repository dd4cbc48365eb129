export { Outbox } from './outbox';
export { OutboxBacklog } from './outbox-backlog';
export { OutboxModule } from './outbox.module';
export { Hopeless, OutboxWorker, type JobFailure, type OutboxHandler } from './outbox.worker';
