import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { Settings } from '../config';
import { createDataSource, dataSourceOptions, stopBlocking } from './data-source';
import { migrate } from './migration-runner';
import { Replicas } from './replicas/replicas';
import { Statements } from './statements';
import { TransactionListeners } from './transaction-listeners';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  imports: [
    DiscoveryModule,
    EventEmitterModule.forRoot(),
    TypeOrmModule.forRootAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => ({
        ...dataSourceOptions(settings),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: async (options) => {
        const dataSource = await createDataSource(options as DataSourceOptions).initialize();
        try {
          await migrate(dataSource);
          await stopBlocking(dataSource);
        } catch (error) {
          await dataSource.destroy();
          throw error;
        }
        return dataSource;
      },
    }),
  ],
  providers: [Replicas, Statements, UnitOfWork, TransactionListeners],
  exports: [Replicas, Statements, UnitOfWork],
})
export class DatabaseModule {}
