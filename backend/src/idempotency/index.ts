export { Idempotency } from './idempotency';
export { AcceptsIdempotencyKey, KeyOfRequest, type KeyedRequest } from './keyed-request';
export { IdempotencyModule } from './idempotency.module';
