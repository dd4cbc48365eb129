import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Idempotency } from './idempotency';
import { IdempotencyKey } from './idempotency-key.entity';
import { IdempotencySweeper } from './idempotency.sweeper';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey])],
  providers: [Idempotency, IdempotencySweeper],
  exports: [Idempotency],
})
export class IdempotencyModule {}
