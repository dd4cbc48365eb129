import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from '../common';
import { Settings } from './settings';

@Global()
@Module({})
export class ConfigModule {
  static for(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useClass: SystemClock },
      ],
      exports: [Settings, Clock],
    };
  }
}
