import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, FreezeWatch, RateLimits, SystemClock } from '../common';
import { Settings } from './settings';

@Global()
@Module({})
export class ConfigModule {
  /** `clock` is for stories that happen at another time. */
  static for(settings: Settings, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useValue: clock },
        { provide: FreezeWatch, useValue: new FreezeWatch() },
        { provide: RateLimits, useValue: new RateLimits(settings.rateLimitScale) },
      ],
      exports: [Settings, Clock, FreezeWatch, RateLimits],
    };
  }
}
